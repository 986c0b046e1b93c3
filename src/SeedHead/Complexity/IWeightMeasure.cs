using SeedHead.Networks;

namespace SeedHead.Complexity;

/// <summary>A measure of a network's weights, not of one function's values: those alone leave it undefined.</summary>
internal interface IWeightMeasure : IComplexityMeasure
{
    /// <summary>The measure of one network.</summary>
    ComplexityValue Of(Architecture net, WeightPrior prior, ulong seed, int network);
}

using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>A law of random functions: function number i of a seed is always the same.</summary>
internal abstract class RandomFunctions
{
    /// <summary>d.</summary>
    public abstract int Inputs { get; }

    /// <summary>Calls body(i, its values at the places) for i = from … from + count − 1, in any order, on several threads.</summary>
    public abstract void ForEach(Team team, Places places, int from, int count, Action<int, SampledFunction> body);

    /// <summary>What a measure of weights says of function i; undefined where there are none.</summary>
    protected virtual ComplexityValue ByWeights(IWeightMeasure measure, int i) => ComplexityValue.Undefined(UndefinedCause.NotResolved);

    /// <summary>
    /// What every measure says of functions 0 … <paramref name="count"/> − 1: row m is measure m. With more than two inputs grids are planes, another one
    /// for every function.
    /// </summary>
    public ComplexityValue[][] Measure(Team team, IReadOnlyList<IComplexityMeasure> measures, int side, ulong seed, int count)
    {
        ComplexityValue[][] values = [.. measures.Select(_ => new ComplexityValue[count])];
        foreach (IGrouping<Sampling, int> alike in Enumerable.Range(0, measures.Count).GroupBy(m => measures[m].Sampling))
        {
            int slices = Inputs <= 2 || alike.Key.Placement == Placement.Paths ? 1 : count;
            team.For(slices, slice => ForEach(
                team, Places.Of(alike.Key, side, Inputs, seed, slice), slice, slices == 1 ? count : 1, (i, function) =>
                {
                    foreach (int m in alike)
                    {
                        values[m][i] = measures[m] is IWeightMeasure ofWeights ? ByWeights(ofWeights, i) : function.By(measures[m]);
                    }
                }));
        }

        return values;
    }
}

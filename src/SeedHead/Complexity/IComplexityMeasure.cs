namespace SeedHead.Complexity;

/// <summary>A measure of how complex a function is, from its values. Implement it to add one; it must be pure and may be called on several threads at once.</summary>
/// <remarks>
/// Networks whose float32 values are too noisy for a measure are evaluated again in double (docs/math/complexity.md), so an implementation may trust
/// the digits it gets. It answers <see cref="ComplexityValue.Undefined"/> where its formula has none, never 0/0.
/// </remarks>
public interface IComplexityMeasure
{
    /// <summary>The word that names it, e.g. "fourier" or "lz78:100".</summary>
    string Name { get; }

    /// <summary>What a value means, in one line.</summary>
    string Meaning { get; }

    /// <summary>Where the function's values must be taken.</summary>
    Sampling Sampling { get; }

    /// <summary>The fewest points on an axis or a path that give it a meaning.</summary>
    int LeastSide { get; }

    /// <summary>The complexity of a function.</summary>
    /// <param name="values">Finite values at the places of <see cref="Sampling"/>, not all equal.</param>
    ComplexityValue Of(FunctionValues values);
}

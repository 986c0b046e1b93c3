using System.Text.Json.Nodes;
using SeedHead.Compute;

namespace SeedHead.Features;

/// <summary>A map x → φ(x) from preprocessed inputs [n × d] to features [n × D]. Immutable, thread-safe, a function of the seed and its stored state.</summary>
public abstract class FeatureMap
{
    /// <summary>d, the number of preprocessed input columns.</summary>
    public abstract int InputColumns { get; }

    /// <summary>D, the number of features.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>Bytes this map needs besides its output while mapping <paramref name="rows"/> rows, weights included: for the forecast.</summary>
    /// <param name="rows">Rows in one call.</param>
    /// <param name="threads">Threads at work.</param>
    public abstract long WorkingBytes(int rows, int threads);

    /// <summary>Floating-point operations a row, for the forecast of seconds.</summary>
    public abstract double OperationsPerRow { get; }

    /// <summary>The map in words for reports, e.g. "hidden 784-2048-relu, he-normal".</summary>
    public abstract string Description { get; }

    /// <summary>Its form in the model file; arrays the seed cannot give back are added to <paramref name="arrays"/> under names of their own.</summary>
    internal abstract JsonObject ToJson(IDictionary<string, StoredArray> arrays);

    /// <summary>Writes φ of every row. A row's bits do not depend on the other rows, on how many there are, or on threads.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="inputs">[n × d], columns side by side.</param>
    /// <param name="features">[n × D], columns side by side; a row stride larger than D is allowed.</param>
    internal abstract void Map(Team team, Strided<float> inputs, Strided<float> features);

    /// <summary>One row on the calling thread, without allocation.</summary>
    /// <param name="input">d numbers.</param>
    /// <param name="features">D numbers.</param>
    internal virtual unsafe void MapRow(ReadOnlySpan<float> input, Span<float> features)
    {
        fixed (float* x = input, phi = features)
        {
            Map(Team.Single, Strided<float>.RowMajor(x, 1, InputColumns), Strided<float>.RowMajor(phi, 1, FeatureCount));
        }
    }
}

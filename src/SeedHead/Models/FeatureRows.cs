using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>Inputs seen through their preprocessing.</summary>
internal sealed unsafe class InputRows(Inputs inputs, Preprocessing preprocessing) : IInputRows
{
    private const int Chunk = 128; // rows a thread preprocesses at a time: any value gives the same numbers

    public int Count => inputs.Count;

    public int Columns => preprocessing.Columns;

    public ImageShape? Shape => preprocessing.Shape;

    public void Read(ReadOnlySpan<int> rows, Strided<float> destination)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            preprocessing.Apply(inputs, rows[i], 1, destination.Row(i));
        }
    }

    /// <summary>Writes rows first … first + destination.Rows − 1.</summary>
    public void Read(Team team, int first, Strided<float> destination)
    {
        int count = checked((int)destination.Rows);
        team.For((count + Chunk - 1) / Chunk, chunk =>
        {
            int start = chunk * Chunk;
            int rows = Math.Min(Chunk, count - start);
            var span = new Span<float>(destination.Pointer + start * destination.RowStride, rows * preprocessing.Columns);
            preprocessing.Apply(inputs, first + start, rows, span);
        });
    }
}

/// <summary>Rows of features made from inputs: preprocessing, then the feature map.</summary>
internal sealed unsafe class FeatureRows(InputRows inputs, FeatureMap map) : IFeatureRows, IDisposable
{
    private NativeBuffer<float>? buffer;

    public int Count => inputs.Count;

    public int FeatureCount => map.FeatureCount;

    public void Read(Team team, int first, Strided<float> features)
    {
        long needed = features.Rows * inputs.Columns;
        if (buffer is null || buffer.Length < needed)
        {
            buffer?.Dispose();
            buffer = new NativeBuffer<float>(needed);
        }

        Strided<float> block = Strided<float>.RowMajor(buffer, features.Rows, inputs.Columns);
        inputs.Read(team, first, block);
        map.Map(team, block, features);
    }

    public void Dispose() => buffer?.Dispose();
}

using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Features;

/// <summary>Preprocessed training rows a feature map may look at once, to set its scales and draw its patches.</summary>
internal interface IInputRows
{
    /// <summary>n, the number of rows.</summary>
    int Count { get; }

    /// <summary>d, the number of preprocessed columns.</summary>
    int Columns { get; }

    /// <summary>The image shape when rows are images (d = Shape.Size, values in row-major HxWxC order), else null.</summary>
    ImageShape? Shape { get; }

    /// <summary>Writes the given rows into destination [rows.Length × d], columns side by side.</summary>
    void Read(ReadOnlySpan<int> rows, Strided<float> destination);
}

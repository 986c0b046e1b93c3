using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>Rows as kernels read them, by what the training rows say. Immutable, thread-safe.</summary>
/// <remarks>
/// Images: (byte/maximum − mean)/deviation with one mean and one deviation of all pixels of all training images, so that pixels keep their relative
/// sizes. Other inputs: <see cref="Preprocessing"/>.
/// </remarks>
internal sealed class KernelInputs
{
    private readonly Preprocessing preprocessing; // of images only the checks
    private readonly float[]? values; // of the bytes of images

    private KernelInputs(Preprocessing preprocessing, float[]? values) => (this.preprocessing, this.values) = (preprocessing, values);

    public int Columns => preprocessing.Columns;

    /// <exception cref="DataException">A value is not finite, or every column or pixel is constant.</exception>
    public static KernelInputs Learn(Inputs train) => new(Preprocessing.Learn(train), train is Images images ? Values(images) : null);

    /// <summary>The rows, preprocessed.</summary>
    /// <exception cref="DataException">Other columns or shapes than those of the training rows.</exception>
    /// <exception cref="ForecastException">More numbers than one array holds.</exception>
    public Numbers Read(Inputs rows)
    {
        long length = (long)rows.Count * Columns;
        if (length > Array.MaxLength)
        {
            throw new ForecastException($"{rows.Count} rows of {Columns} columns are {length} numbers; at most {Array.MaxLength} can be held. Give fewer rows.");
        }

        preprocessing.Check(rows);
        var read = new float[length];
        if (values is null)
        {
            preprocessing.Apply(rows, 0, rows.Count, read);
            return new(read, Columns);
        }

        var images = (Images)rows;
        for (int row = 0; row < images.Count; row++)
        {
            Span<float> to = read.AsSpan(row * Columns, Columns);
            ReadOnlySpan<byte> from = images[row];
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = values[from[i]];
            }
        }

        return new(read, Columns);
    }

    /// <summary>How many columns of each row lie outside of what the training rows had.</summary>
    public int[] OutOfRange(Inputs rows)
    {
        var outside = new int[rows.Count];
        var row = new float[Columns];
        for (int i = 0; i < outside.Length; i++)
        {
            preprocessing.Apply(rows, i, 1, row);
            outside[i] = preprocessing.OutOfRange(row);
        }

        return outside;
    }

    private static float[] Values(Images train)
    {
        var counts = new long[256];
        for (int row = 0; row < train.Count; row++)
        {
            foreach (byte value in train[row])
            {
                counts[value]++;
            }
        }

        double n = (double)train.Count * train.Columns, mean = 0, square = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            mean += counts[value] / n * value;
        }

        for (int value = 0; value < counts.Length; value++)
        {
            square += counts[value] / n * (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(square);
        return deviation > 0
            ? [.. Enumerable.Range(0, counts.Length).Select(value => (float)((value - mean) / deviation))]
            : throw new DataException($"All pixels of the {train.Count} training images are {mean}: there is nothing to learn from. Give images that vary.");
    }
}

using System.Runtime.CompilerServices;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>The median Euclidean distance between training rows, from which feature maps set their scales.</summary>
internal static unsafe class MedianDistance
{
    /// <summary>Rows looked at. The median of their distances lies within about 2 % of that of all rows.</summary>
    public const int SampleSize = 512;

    /// <summary>The purpose under which <see cref="Order"/> draws the sample: a constant of the definition.</summary>
    private const int Purpose = 101;

    /// <summary>The median over all pairs of a seeded sample of rows that differ; 1 when no two rows differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one call, whose loops would else run unoptimised
    public static double Of(IInputRows rows, ulong seed)
    {
        int[] sample = Order.Sample(seed, Purpose, rows.Count, SampleSize);
        using var single = new NativeBuffer<float>((long)sample.Length * rows.Columns);
        rows.Read(sample, Strided<float>.RowMajor(single, sample.Length, rows.Columns));
        using var x = new NativeBuffer<double>(single.Length);
        for (long i = 0; i < single.Length; i++)
        {
            x.Pointer[i] = single.Pointer[i];
        }

        return Median(Strided<double>.RowMajor(x, sample.Length, rows.Columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Median(Strided<double> x)
    {
        using var products = new NativeBuffer<double>(x.Rows * x.Rows);
        Strided<double> gram = Strided<double>.RowMajor(products, x.Rows, x.Rows);
        MatrixProduct.MultiplyLower(Team.Single, x, x.Transpose, gram, Into.Store);
        var squares = new double[x.Rows * (x.Rows - 1) / 2];
        int count = 0;
        for (long i = 0; i < x.Rows; i++)
        {
            for (long j = 0; j < i; j++)
            {
                double square = gram[i, i] + gram[j, j] - 2 * gram[i, j]; // exactly 0 for equal rows: all three have the same bits
                if (square > 0)
                {
                    squares[count++] = square;
                }
            }
        }

        return count == 0 ? 1 : Math.Sqrt(Selected(squares.AsSpan(0, count), count / 2));
    }

    /// <summary>The number that stands at <paramref name="place"/> once all are sorted (Hoare, "Algorithm 65: FIND", 1961); the numbers change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Selected(Span<double> numbers, int place)
    {
        int low = 0, high = numbers.Length - 1;
        while (low < high)
        {
            double pivot = numbers[place];
            int i = low, j = high;
            while (i <= j)
            {
                while (numbers[i] < pivot)
                {
                    i++;
                }

                while (pivot < numbers[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                    i++;
                    j--;
                }
            }

            (low, high) = (j < place ? i : low, place < i ? j : high);
        }

        return numbers[place];
    }
}

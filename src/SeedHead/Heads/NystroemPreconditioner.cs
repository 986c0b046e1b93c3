using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Heads;

/// <summary>P = BBᵀ + noise·I ≈ K + noise·I, with BBᵀ = KₙₘKₘₘ⁻¹Kₘₙ from the columns of m centres; P⁻¹ by Woodbury's identity.</summary>
/// <remarks>
/// <para>Centres are a seeded sample of the rows. Kₘₘ is shifted until it has a factor, which makes the preconditioner a little worse and changes no solution.</para>
/// <para>Sources: Rudi, Carratino &amp; Rosasco, "FALKON: An Optimal Large Scale Kernel Method", NeurIPS 2017 (uniform centres); Frangella, Tropp &amp; Udell,
/// "Randomized Nyström Preconditioning", SIAM J. Matrix Anal. Appl. 44 (2023).</para>
/// </remarks>
internal sealed unsafe class NystroemPreconditioner : IDisposable
{
    private const int Side = IKernelTiles.Side;
    private const int CentrePurpose = 222; // of Order
    private const double LeastShift = 1e-8; // of the mean diagonal of Kₘₘ

    private readonly Team team;
    private readonly int[] centres;
    private readonly NativeBuffer<double> columnBuffer, gramBuffer, factorBuffer;
    private readonly int rows;
    private double noise = 1;

    /// <param name="team">The threads.</param>
    /// <param name="tiles">K.</param>
    /// <param name="count">m ≥ 1.</param>
    /// <param name="seed">Of the centres.</param>
    public NystroemPreconditioner(Team team, IKernelTiles tiles, int count, ulong seed)
    {
        this.team = team;
        rows = tiles.Rows;
        centres = Order.Sample(seed, CentrePurpose, rows, count);
        columnBuffer = new((long)rows * centres.Length);
        gramBuffer = new((long)centres.Length * centres.Length);
        factorBuffer = new(gramBuffer.Length);
        ReadColumns(tiles);
        FactorCentres();
        Triangular.Solve(team, Factor, B.Transpose);
        MatrixProduct.MultiplyLower(team, B.Transpose, B, Gram, Into.Store);
    }

    /// <summary>Bytes for n rows and m centres.</summary>
    public static long Bytes(int rows, int centres) => sizeof(double) * (((long)rows * centres) + (2L * centres * centres));

    private Strided<double> B => Strided<double>.RowMajor(columnBuffer, rows, centres.Length);

    private Strided<double> Gram => Strided<double>.RowMajor(gramBuffer, centres.Length, centres.Length);

    private Strided<double> Factor => Strided<double>.RowMajor(factorBuffer, centres.Length, centres.Length);

    /// <summary>Makes ready for a noise, without some rows.</summary>
    /// <param name="absolute">Noise in units of K, &gt; 0.</param>
    /// <param name="without">Rows that are held out: vectors are 0 there.</param>
    public void Prepare(double absolute, int[] without)
    {
        noise = absolute;
        Strided<double> factor = Factor;
        for (int i = 0; i < centres.Length; i++)
        {
            Gram.Row(i)[..(i + 1)].CopyTo(factor.Row(i));
            factor[i, i] += noise;
        }

        if (without.Length > 0)
        {
            using var buffer = new NativeBuffer<double>((long)without.Length * centres.Length);
            var held = Strided<double>.RowMajor(buffer, without.Length, centres.Length);
            for (int i = 0; i < without.Length; i++)
            {
                B.Row(without[i]).CopyTo(held.Row(i));
            }

            MatrixProduct.MultiplyLower(team, held.Transpose, held, factor, Into.Subtract);
        }

        CholeskyStatus status = Cholesky.Factor(team, factor);
        if (!status.Succeeded)
        {
            throw new DataException($"The noise {noise:0.###e+0} is too small beside the kernel for the preconditioner: pivot {status.Pivot} is {status.Value:0.###e+0}. Take a larger --noise.");
        }
    }

    /// <summary>z ← P⁻¹·r = (r − B(noise·I + BᵀB)⁻¹Bᵀr)/noise, vectors as rows [K × n]; rows held out are the caller's to clear.</summary>
    public void Apply(Strided<double> r, Strided<double> z)
    {
        using var buffer = new NativeBuffer<double>(r.Rows * centres.Length);
        var t = Strided<double>.RowMajor(buffer, r.Rows, centres.Length);
        MatrixProduct.Multiply(team, r, B, t);
        Triangular.Solve(team, Factor, t.Transpose);
        Triangular.SolveTransposed(team, Factor, t.Transpose);
        MatrixProduct.Multiply(team, t, B.Transpose, z);
        double reciprocal = 1 / noise;
        team.For(checked((int)r.Rows), k =>
        {
            Span<double> from = r.Row(k), to = z.Row(k);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = (from[i] - to[i]) * reciprocal;
            }
        });
    }

    public void Dispose()
    {
        columnBuffer.Dispose();
        gramBuffer.Dispose();
        factorBuffer.Dispose();
    }

    // Columns of centres: from tiles below the diagonal by columns, from their mirrors by rows.
    private void ReadColumns(IKernelTiles tiles)
    {
        int bands = RowBlocks.Chunks(rows, Side);
        for (int band = 0; band < bands; band++)
        {
            int own = band;
            team.For(own + 1, column => ReadTile(tiles, own, column));
        }
    }

    private void ReadTile(IKernelTiles tiles, int band, int column)
    {
        (int fromRow, int endRow) = Centres(band);
        (int fromColumn, int endColumn) = Centres(column);
        if (fromColumn == endColumn && (column == band || fromRow == endRow))
        {
            return;
        }

        Strided<double> b = B;
        float* tile = tiles.Tile(band, column, Scratch.Get<float>(Scratch.Slot.KernelTile, (long)Side * Side));
        int first = band * Side, height = Math.Min(Side, rows - first), across = column * Side;
        for (int i = 0; i < height; i++)
        {
            for (int c = fromColumn; c < endColumn; c++)
            {
                b[first + i, c] = tile[((long)i * Side) + (centres[c] - across)];
            }
        }

        for (int c = fromRow; column < band && c < endRow; c++)
        {
            for (int j = 0; j < Side; j++)
            {
                b[across + j, c] = tile[((long)(centres[c] - first) * Side) + j];
            }
        }
    }

    // Centres within a band of rows.
    private (int From, int End) Centres(int band)
    {
        int from = Array.BinarySearch(centres, band * Side), end = Array.BinarySearch(centres, (band + 1) * Side);
        return (from < 0 ? ~from : from, end < 0 ? ~end : end);
    }

    private void FactorCentres()
    {
        Strided<double> factor = Factor;
        double trace = 0;
        for (int i = 0; i < centres.Length; i++)
        {
            trace += B[centres[i], i];
        }

        for (double shift = LeastShift * trace / centres.Length; ; shift *= 10)
        {
            for (int i = 0; i < centres.Length; i++)
            {
                B.Row(centres[i])[..(i + 1)].CopyTo(factor.Row(i));
                factor[i, i] += shift;
            }

            if (Cholesky.Factor(team, factor).Succeeded)
            {
                return;
            }

            if (!(shift < trace))
            {
                throw new DataException($"The kernel of {centres.Length} sampled rows is not positive definite, not even with {shift:0.###e+0} on its diagonal (mean {trace / centres.Length:0.###e+0}).");
            }
        }
    }
}

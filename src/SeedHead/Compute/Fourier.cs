using System.Numerics;

namespace SeedHead.Compute;

/// <summary>Fourier transforms of one length n: X[k] = Σ x[j]·e^(−2πi·jk/n) over j, and back with + and 1/n. Made once, used by any threads.</summary>
/// <remarks>
/// <para>Lengths without prime factors beyond 5 by passes of 4, 5, 3 and 2 (<see cref="FourierPass{T}"/>), others as a convolution
/// (<see cref="ChirpTransform{T}"/>). Roots are <see cref="Elementary.CosSinOfTurn"/> of their exact fraction of a turn, rounded to T: their errors do
/// not grow with n.</para>
/// <para>Error: ‖X̂ − X‖₂ ≤ (1 + log₂ n)·ε·‖X‖₂ by passes, 4 times that as a convolution, ε = 2⁻⁵³ or 2⁻²⁴ (tested; usual: a third). A line that holds an
/// infinity or NaN gives no finite number; its neighbours do not notice.</para>
/// </remarks>
/// <typeparam name="T">double or float.</typeparam>
internal sealed unsafe class Fourier<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostTogether = 16; // lines that go side by side
    private const int NearNumbers = 1 << 15; // about what a second-level cache holds of real and imaginary parts, twice
    private readonly FourierPass<T>[] passes;
    private readonly int[] radices;
    private readonly NativeBuffer<T> roots;
    private readonly ChirpTransform<T>? chirp;

    /// <param name="length">n ≥ 0.</param>
    public Fourier(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        chirp = FourierLength.IsSmooth(length) ? null : new(length);
        radices = chirp == null ? FourierLength.Radices(length) : [];
        passes = new FourierPass<T>[radices.Length];
        roots = new(2L * length);
        FillPasses();
    }

    public int Length { get; }

    /// <summary>Lines of this length that are best transformed side by side.</summary>
    public int Together => Math.Clamp(NearNumbers / Math.Max(1, Length), 4, MostTogether);

    /// <summary>Transforms lines in place, given as real and imaginary parts [n × lanes] whose rows lie side by side: a column is a line.</summary>
    public void Forward(T* re, T* im, int lanes = 1)
    {
        if (chirp != null)
        {
            chirp.Run(re, im, lanes);
        }
        else if (passes.Length > 0)
        {
            RunPasses(re, im, lanes);
        }
    }

    /// <summary>The inverse of <see cref="Forward"/>, 1/n included.</summary>
    public void Inverse(T* re, T* im, int lanes = 1)
    {
        Forward(im, re, lanes); // i·conj(z) is z with its parts exchanged, and the transform of conj(z) is the conjugate of the inverse
        T scale = T.One / T.CreateTruncating(Length);
        for (nint i = 0; i < (nint)Length * lanes; i++)
        {
            re[i] *= scale;
            im[i] *= scale;
        }
    }

    /// <summary>Transforms every column of a matrix [n × any] of complex numbers in place, columns shared out to the threads.</summary>
    public void ForwardColumns(Team team, Strided<T> re, Strided<T> im) => Columns(team, re, im, inverse: false);

    /// <summary>The inverse of <see cref="ForwardColumns"/>.</summary>
    public void InverseColumns(Team team, Strided<T> re, Strided<T> im) => Columns(team, re, im, inverse: true);

    public void Dispose()
    {
        roots.Dispose();
        chirp?.Dispose();
    }

    private void FillPasses()
    {
        T* next = roots.Pointer;
        int length = Length;
        for (int i = 0; i < passes.Length; i++)
        {
            int radix = radices[i], m = length / radix, count = (radix - 1) * m;
            passes[i] = new(radix, m, next, next + count);
            for (int k = 1; k < radix; k++)
            {
                for (int p = 0; p < m; p++, next++)
                {
                    (double cos, double sin) = Elementary.CosSinOfTurn((long)p * k, length);
                    next[0] = T.CreateTruncating(cos);
                    next[count] = T.CreateTruncating(-sin);
                }
            }

            next += count;
            length = m;
        }
    }

    /// <summary>There and back between the lines and a spare place; the last pass may stay where it is, since it reads what it writes.</summary>
    private void RunPasses(T* re, T* im, int lanes)
    {
        nint size = (nint)Length * lanes, together = lanes;
        T* spareRe = Scratch.Get<T>(Scratch.Slot.FourierSpare, 2 * size), spareIm = spareRe + size;
        bool spare = false;
        for (int i = 0; i < passes.Length; i++, together *= radices[i - 1])
        {
            bool to = i < passes.Length - 1 && !spare;
            passes[i].Run(spare ? spareRe : re, spare ? spareIm : im, to ? spareRe : re, to ? spareIm : im, together);
            spare = to;
        }
    }

    private void Columns(Team team, Strided<T> re, Strided<T> im, bool inverse)
    {
        if (re.Rows != Length || im.Rows != Length || im.Columns != re.Columns)
        {
            throw new ArgumentException($"Columns of length {Length} cannot be those of [{re.Rows} × {re.Columns}] and [{im.Rows} × {im.Columns}].");
        }

        int together = Together;
        team.For((int)((re.Columns + together - 1) / together), task =>
        {
            long from = (long)task * together;
            int lanes = (int)Math.Min(together, re.Columns - from);
            T* lineRe = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * Length * lanes), lineIm = lineRe + (nint)Length * lanes;
            FourierLines.Gather(re.Block(0, from, Length, lanes), lineRe, lanes);
            FourierLines.Gather(im.Block(0, from, Length, lanes), lineIm, lanes);
            if (inverse)
            {
                Inverse(lineRe, lineIm, lanes);
            }
            else
            {
                Forward(lineRe, lineIm, lanes);
            }

            FourierLines.Scatter(lineRe, lanes, re.Block(0, from, Length, lanes));
            FourierLines.Scatter(lineIm, lanes, im.Block(0, from, Length, lanes));
        });
    }
}

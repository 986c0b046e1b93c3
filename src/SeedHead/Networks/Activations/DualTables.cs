using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Duals of a function without a closed form for many pairs, from tables that are made when an octave of variances is first met.</summary>
/// <remarks>
/// <para>A value depends on its own a, b and c alone: tables are functions of two octaves, made in one way, and (a, b) is ordered by size.</para>
/// <para>Pairs without a table (a variance of 0, below 2⁻⁶⁰ or from 2⁴⁰ on, a function too steep) go to <see cref="DualQuadrature"/>. Threads share the tables. Errors and memory: docs/math/kernels.md.</para>
/// </remarks>
internal sealed unsafe class DualTables(IQuadratureDual function)
{
    private const int MostColumns = 512; // at a time
    private const int MostFunctions = 64;

    private static readonly ConcurrentDictionary<string, DualTables> Known = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<(int Low, int High, bool OfGradient), Lazy<DualTable?>> tables = new();

    /// <summary>The tables of a function: one set for equal functions while at most 64 are in use.</summary>
    public static DualTables Of(IQuadratureDual function)
    {
        if (Known.Count >= MostFunctions && !Known.ContainsKey(function.Text))
        {
            Known.Clear();
        }

        return Known.GetOrAdd(function.Text, _ => new(function));
    }

    /// <summary>c ← E[φ(u)·φ(v)], gradient ← E[φ′(u)·φ′(v)]; an empty gradient is not wanted.</summary>
    public void Fill(double a, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient)
    {
        Debug.Assert(b.Length == c.Length && (gradient.IsEmpty || gradient.Length == b.Length));
        for (int from = 0; from < b.Length; from += MostColumns)
        {
            int count = Math.Min(MostColumns, b.Length - from);
            FillSome(a, b.Slice(from, count), c.Slice(from, count), gradient.IsEmpty ? gradient : gradient.Slice(from, count));
        }
    }

    /// <summary>The table of two octaves, or null where there is none.</summary>
    internal DualTable? Table(int low, int high, bool ofGradient) => !Octave.Has(low) || !Octave.Has(high)
        ? null
        : tables.GetOrAdd((low, high, ofGradient), key => new(() => (key.OfGradient
            ? new DualTableBuilder(function.PreciseDerivative, function.SmoothedDerivative, function.IsAnalytic, key.Low, key.High)
            : new DualTableBuilder(function.Precise, function.Smoothed, function.IsAnalytic, key.Low, key.High)).Build())).Value;

    /// <summary>Octave by octave of b.</summary>
    private void FillSome(double a, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient)
    {
        Span<int> octaves = stackalloc int[b.Length], columns = stackalloc int[b.Length];
        for (int j = 0; j < b.Length; j++)
        {
            octaves[j] = Octave.Of(b[j]);
        }

        const int done = int.MaxValue;
        for (int first = 0; first < b.Length; first++)
        {
            int octave = octaves[first], count = 0;
            for (int j = first; octave != done && j < b.Length; j++)
            {
                if (octaves[j] == octave)
                {
                    columns[count++] = j;
                    octaves[j] = done;
                }
            }

            if (count > 0)
            {
                FillOctave(a, octave, columns[..count], b, c, gradient);
            }
        }
    }

    /// <summary>The columns whose variances lie in one octave, eight at a time; what is missing in the last eight repeats its first.</summary>
    private void FillOctave(double a, int octave, ReadOnlySpan<int> columns, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient)
    {
        int own = Octave.Of(a), low = Math.Min(own, octave), high = Math.Max(own, octave);
        DualTable? value = Table(low, high, false), slope = gradient.IsEmpty ? null : Table(low, high, true);
        int terms = Math.Max(value?.Terms ?? 0, slope?.Terms ?? 0), angles = Math.Max(value?.Angles ?? 0, slope?.Angles ?? 0);
        Vector256<double>* room = stackalloc Vector256<double>[2 * ((2 * terms) + angles)];
        var place = new Polynomials(room, terms, angles);
        double* eight = stackalloc double[3 * DualTable.Lanes];
        double* covariances = eight + DualTable.Lanes, results = covariances + DualTable.Lanes;
        for (int from = 0; from < columns.Length; from += DualTable.Lanes)
        {
            ReadOnlySpan<int> some = columns[from..Math.Min(from + DualTable.Lanes, columns.Length)];
            for (int j = 0; j < DualTable.Lanes; j++)
            {
                int column = some[j < some.Length ? j : 0];
                (eight[j], covariances[j]) = (b[column], c[column]);
            }

            if (terms > 0)
            {
                place.Fill(a, eight, covariances);
            }

            Put(value, place, results, some, c);
            if (!gradient.IsEmpty)
            {
                Put(slope, place, results, some, gradient);
            }

            for (int j = 0; j < some.Length && (value is null || (slope is null && !gradient.IsEmpty)); j++)
            {
                (double dual, double ofGradient) = DualQuadrature.OfPair(function, a, eight[j], covariances[j]);
                c[some[j]] = value is null ? dual : c[some[j]];
                if (slope is null && !gradient.IsEmpty)
                {
                    gradient[some[j]] = ofGradient;
                }
            }
        }
    }

    private static void Put(DualTable? table, in Polynomials place, double* results, ReadOnlySpan<int> columns, Span<double> to)
    {
        if (table is not null)
        {
            table.Evaluate(place.X, place.Y, place.W, results);
            for (int j = 0; j < columns.Length; j++)
            {
                to[columns[j]] = results[j];
            }
        }
    }

    /// <summary>Chebyshev polynomials in the places of eight pairs.</summary>
    private readonly struct Polynomials(Vector256<double>* room, int terms, int angles)
    {
        public Vector256<double>* X => room;

        public Vector256<double>* Y => room + (2 * terms);

        public Vector256<double>* W => room + (4 * terms);

        public void Fill(double a, double* b, double* c)
        {
            Vector256<double> own = Vector256.Create(a), first = Vector256.Load(b), second = Vector256.Load(b + Vector256<double>.Count);
            DualTable.FillPolynomials(X, terms, Octave.Place(Vector256.Min(own, first)), Octave.Place(Vector256.Min(own, second)));
            DualTable.FillPolynomials(Y, terms, Octave.Place(Vector256.Max(own, first)), Octave.Place(Vector256.Max(own, second)));
            DualTable.FillPolynomials(W, angles, Turn(own, first, Vector256.Load(c)), Turn(own, second, Vector256.Load(c + Vector256<double>.Count)));
        }

        /// <summary>1 − 2θ/π.</summary>
        private static Vector256<double> Turn(Vector256<double> a, Vector256<double> b, Vector256<double> c)
        {
            var angle = Elementary.Angle(Vector256.Sqrt(NormalPair.Determinant(a, b, c)), c);
            return Vector256.FusedMultiplyAdd(angle, Vector256.Create(-2 * NormalPair.OverPi), Vector256<double>.One);
        }
    }
}

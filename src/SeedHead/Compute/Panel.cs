using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>
/// Some points that pass through the layers of a small network together: a matrix [Points × features] whose features lie <see cref="Points"/> apart and whose points lie
/// side by side, always full. One layer's output is then the next one's packed right factor.
/// </summary>
internal static unsafe class Panel
{
    /// <summary>Two vectors of 16: the widest tile. At 64 features a panel is 8 KiB, so that two and a layer's weights share the nearest cache.</summary>
    public const int Points = 32;

    /// <summary>Output units whose weights lie side by side: three vectors of the generator, four tall tiles of the product (eight without AVX-512).</summary>
    public const int Units = 48;

    private const int Few = 4; // inputs: coordinates of points, for instance

    /// <summary>The panel at <paramref name="pointer"/> as a matrix.</summary>
    public static Strided<float> At(float* pointer, long features) => new(pointer, Points, features, 1, Points);

    /// <summary>Whether a matrix is a panel; otherwise its columns lie side by side.</summary>
    public static bool Is(in Strided<float> matrix) => matrix.ColumnStride == Points;

    /// <summary>All numbers of a panel.</summary>
    public static Span<float> Numbers(in Strided<float> panel) => new(panel.Pointer, checked((int)(panel.Columns * Points)));

    /// <summary>
    /// The weights [inputs × at most <see cref="Units"/>] of output unit <paramref name="unit"/> (a multiple of <see cref="Units"/>) and those after it; the packed
    /// weights of a layer take inputs · outputs numbers.
    /// </summary>
    public static Strided<float> PackedUnits(float* packed, int inputs, int outputs, int unit)
    {
        int units = Math.Min(Units, outputs - unit);
        return new(packed + (nint)unit * inputs, inputs, units, units, 1);
    }

    /// <summary>y = x·W, in the order of sums of <see cref="MatrixProduct"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Strided<float> x, float* packed, in Strided<float> y)
    {
        Debug.Assert(Is(x) && Is(y));
        int inputs = (int)x.Columns, outputs = (int)y.Columns, block = MatrixProduct.BlockLength<float>();
        for (int unit = 0; unit < outputs; unit += Units)
        {
            float* weights = packed + (nint)unit * inputs, to = y.Pointer + (nint)unit * Points;
            int units = Math.Min(Units, outputs - unit);
            Multiply(units, Math.Min(inputs, block), weights, x.Pointer, to);
            for (int from = block; from < inputs; from += block)
            {
                Add(units, Math.Min(inputs - from, block), weights + (nint)from * units, x.Pointer + (nint)from * Points, to);
            }
        }
    }

    /// <summary>to[units × Points] += the chains of one block of inputs.</summary>
    private static void Add(int units, int inputs, float* weights, float* x, float* to)
    {
        float* sums = stackalloc float[Units * Points];
        Multiply(units, inputs, weights, x, sums);
        Elementwise.Add(new(to, units * Points), new(sums, units * Points));
    }

    /// <summary>to[units × Points] = the chains of one block of inputs. Tiles fetch ahead what is near anyway: an address of nothing would be looked up again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(int units, int inputs, float* weights, float* x, float* to)
    {
        if (inputs <= Few || units == 1)
        {
            MultiplyFew(units, inputs, weights, x, to);
            return;
        }

        TileSet<float> tiles = TileSets.Float;
        int unit = 0;
        for (; unit + tiles.Tall <= units; unit += tiles.Tall)
        {
            for (int point = 0; point < Points; point += tiles.Width)
            {
                tiles.Tall2(inputs, weights + unit, 1, units, x + point, Points, to + unit * Points + point, Points, weights, 0);
            }
        }

        for (int point = 0; unit < units && point < Points; point += tiles.Width)
        {
            tiles.Run(units - unit, tiles.Width, inputs, weights + unit, 1, units, x + point, Points, to + unit * Points + point, Points, weights, 0);
        }
    }

    /// <summary>The same where calls of tiles would take longer than the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyFew(int units, int inputs, float* weights, float* x, float* to)
    {
        float* end = x + (nint)inputs * Points;
        int unit = 0;
        for (; unit + 2 <= units; unit += 2, to += 2 * Points)
        {
            Vector512<float> first0 = Vector512<float>.Zero, first1 = first0, second0 = first0, second1 = first0;
            float* w = weights + unit;
            for (float* from = x; from < end; from += Points, w += units)
            {
                Vector512<float> x0 = Vector512.Load(from), x1 = Vector512.Load(from + 16);
                Vector512<float> w0 = Vector512.Create(w[0]), w1 = Vector512.Create(w[1]);
                first0 = Vector512.FusedMultiplyAdd(w0, x0, first0);
                first1 = Vector512.FusedMultiplyAdd(w0, x1, first1);
                second0 = Vector512.FusedMultiplyAdd(w1, x0, second0);
                second1 = Vector512.FusedMultiplyAdd(w1, x1, second1);
            }

            first0.Store(to);
            first1.Store(to + 16);
            second0.Store(to + Points);
            second1.Store(to + Points + 16);
        }

        if (unit < units)
        {
            Vector512<float> last0 = Vector512<float>.Zero, last1 = last0;
            float* w = weights + unit;
            for (float* from = x; from < end; from += Points, w += units)
            {
                var weight = Vector512.Create(*w);
                last0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from), last0);
                last1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from + 16), last1);
            }

            last0.Store(to);
            last1.Store(to + 16);
        }
    }

    /// <summary>
    /// y = x·W without the inputs that are +0 at all points of the panel: those of the units that a rectifier cuts off there.
    /// </summary>
    /// <remarks>
    /// A step of a chain that adds w·0 changes nothing for a finite w, but for one thing: −0, which a chain holds where a step of it underflowed, becomes +0. So the bits
    /// are those of <see cref="Multiply(in Strided{float}, float*, in Strided{float})"/> once biases other than 0 have been added.
    /// </remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyLive(in Strided<float> x, float* packed, in Strided<float> y)
    {
        int inputs = (int)x.Columns, outputs = (int)y.Columns;
        if (inputs > MatrixProduct.BlockLength<float>())
        {
            Multiply(x, packed, y); // chains of several blocks
            return;
        }

        nint* live = stackalloc nint[inputs + 1];
        nint* end = Live(x, live);
        TileSet<float> tiles = TileSets.Float;
        for (int unit = 0; unit < outputs; unit += Units)
        {
            int units = Math.Min(Units, outputs - unit);
            for (int point = 0; point < Points; point += tiles.Width)
            {
                tiles.RunChosen(units, live, end, packed + (nint)unit * inputs, units, x.Pointer + point, Points, y.Pointer + (nint)unit * Points + point, Points);
            }
        }
    }

    /// <summary>Writes the numbers of the inputs that are not +0 at all points, in order, and returns where they end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint* Live(in Strided<float> x, nint* live)
    {
        float* row = x.Pointer;
        for (nint i = 0; i < x.Columns; i++, row += Points)
        {
            *live = i;
            live += Vector512.EqualsAll((Vector512.Load(row) | Vector512.Load(row + 16)).AsInt32(), Vector512<int>.Zero) ? 0 : 1;
        }

        return live;
    }

    /// <summary>Adds a bias to every feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> biases, in Strided<float> y)
    {
        float* row = y.Pointer;
        for (int i = 0; i < y.Columns; i++, row += Points)
        {
            var bias = Vector512.Create(biases[i]);
            (Vector512.Load(row) + bias).Store(row);
            (Vector512.Load(row + 16) + bias).Store(row + 16);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>Variances by octaves [2ᵉ, 2ᵉ⁺¹), and the place of one inside of its octave.</summary>
/// <remarks>The place runs from −1 to 1 along c + c³/3 + c⁵/5 with c = (m − √2)/(m + √2), m = v/2ᵉ: half the logarithm of m/√2 but for 3·10⁻⁷. Powers of a variance are smooth along it.</remarks>
internal static class Octave
{
    /// <summary>The octaves that tables are made for: variances from 2⁻⁶⁰ up to 2¹⁵. Above, duals bend too sharply at θ = 0.</summary>
    public const int Least = -60, Most = 14;

    private const double RootTwo = 1.4142135623730951;

    private static readonly double Edge = Bent((2 - RootTwo) / (2 + RootTwo));
    private static readonly double OverEdge = 1 / Edge;

    /// <summary>e; below all octaves for 0, above them for what is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(double variance) => (int)(BitConverter.DoubleToInt64Bits(variance) >> 52) - 1023;

    public static bool Has(int octave) => octave is >= Least and <= Most;

    /// <summary>The place of each variance in its octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Place(Vector256<double> variance)
    {
        var mantissa = ((variance.AsInt64() & Vector256.Create(0xFFFFFFFFFFFFFL)) | Vector256.Create(0x3FF0000000000000L)).AsDouble();
        var root = Vector256.Create(RootTwo);
        var c = (mantissa - root) / (mantissa + root);
        var square = c * c;
        var tail = Vector256.FusedMultiplyAdd(square, Vector256.Create(1.0 / 5), Vector256.Create(1.0 / 3));
        return c * Vector256.FusedMultiplyAdd(square, tail, Vector256<double>.One) * Vector256.Create(OverEdge);
    }

    /// <summary>The variance at a place of an octave, by Newton's method.</summary>
    public static double At(int octave, double place)
    {
        double aim = place * Edge, c = aim;
        for (int round = 0; round < 6; round++)
        {
            c -= (Bent(c) - aim) / (1 + (c * c * (1 + (c * c))));
        }

        return Math.ScaleB(RootTwo * (1 + c) / (1 - c), octave);
    }

    private static double Bent(double c) => c * (1 + (c * c * ((1.0 / 3) + (c * c / 5))));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>Lane i is table[index[i] mod 16].</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> Lookup(Vector512<float> table, Vector512<int> index) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(table, index)
        : Vector512.Create(Lookup(table, index.GetLower()), Lookup(table, index.GetUpper()));

    [MethodImpl(Inline)]
    private static Vector256<float> Lookup(Vector512<float> table, Vector256<int> index)
    {
        if (Avx2.IsSupported)
        {
            var low = Avx2.PermuteVar8x32(table.GetLower(), index); // by the low three bits of the index; the fourth chooses
            var high = Avx2.PermuteVar8x32(table.GetUpper(), index);
            return Avx.BlendVariable(low, high, Vector256.ShiftLeft(index, 28).AsSingle());
        }

        var isHigh = Vector256.Equals(index & Vector256.Create(8), Vector256.Create(8)).AsSingle();
        index &= Vector256.Create(7);
        return Vector256.ConditionalSelect(isHigh, Vector256.Shuffle(table.GetUpper(), index), Vector256.Shuffle(table.GetLower(), index));
    }
}

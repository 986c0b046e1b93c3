using System.Runtime.CompilerServices;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>θ = θ₀ + P·z over all numbers of some tensors: z [D] is learned from 0, θ₀ and P are given by the seed and never change.</summary>
/// <remarks>
/// <para>Every number lies in one direction, with a sign: θᵢ = θ₀ᵢ + σᵢ·(z[c(i)]·(1/√n(c(i)))), n(c) numbers in direction c. The columns of P have no place in common
/// and length 1, so they are orthonormal exactly; a step costs as much as the numbers of the network, where a dense P would cost and weigh D times that.
/// A direction without numbers moves nothing.</para>
/// <para>c and σ come from the word w of the number's address: σ = −1 where bit 0 of w is set, c = ⌊(w ≫ 1)·D/2³¹⌋. dL/dz sums in float64, tensor after tensor,
/// number after number.</para>
/// <para>Sources: Li, Farkhoor, Liu &amp; Yosinski, "Measuring the Intrinsic Dimension of Objective Landscapes", ICLR 2018, for z;
/// Charikar, Chen &amp; Farach-Colton, "Finding frequent items in data streams", 2002, for P, a count sketch.</para>
/// </remarks>
internal sealed unsafe class Subspace : LearnedNumbers
{
    private readonly List<(Parameter Parameter, NativeBuffer<int> Directions)> parts = []; // of a number: c where σ = 1, ~c where σ = −1
    private readonly NativeBuffer<float> factors, gradient;
    private readonly float[] lengths; // 1/√n(c)

    /// <summary>Directions through the present numbers of tensors.</summary>
    /// <param name="tensors">The tensors, and the place of each among all of the network.</param>
    /// <param name="dimensions">D.</param>
    /// <param name="seed">What names the directions.</param>
    public Subspace(IEnumerable<(Parameter Parameter, int Place)> tensors, int dimensions, ulong seed)
    {
        (factors, gradient) = (new(dimensions), new(dimensions));
        var counts = new long[dimensions];
        foreach ((Parameter parameter, int place) in tensors)
        {
            NativeBuffer<int> directions = Directions(parameter.Values, place, dimensions, seed);
            parts.Add((parameter, directions));
            for (long i = 0; i < directions.Length; i++)
            {
                int direction = directions.Pointer[i];
                counts[direction ^ (direction >> 31)]++;
            }
        }

        lengths = [.. counts.Select(count => (float)(1 / Math.Sqrt(Math.Max(count, 1))))];
    }

    /// <inheritdoc/>
    public override string Name => "subspace/factors";

    /// <inheritdoc/>
    public override long LearnedCount => factors.Length;

    /// <inheritdoc/>
    public override float* Start => factors.Pointer;

    /// <inheritdoc/>
    public override IReadOnlyList<(long Start, int Length)> Runs => [(0, (int)factors.Length)];

    /// <inheritdoc/>
    public override Span<float> Gradient => gradient.Span(0, (int)gradient.Length);

    /// <inheritdoc/>
    public override void TakeGradient()
    {
        var sums = new double[factors.Length];
        foreach ((Parameter parameter, NativeBuffer<int> directions) in parts)
        {
            fixed (float* slopes = parameter.Gradient)
            {
                Add(slopes, directions.Pointer, directions.Length, sums);
            }
        }

        for (int c = 0; c < sums.Length; c++)
        {
            gradient.Pointer[c] = (float)(sums[c] * lengths[c]);
        }
    }

    /// <inheritdoc/>
    public override void Apply()
    {
        var moves = new float[factors.Length];
        for (int c = 0; c < moves.Length; c++)
        {
            moves[c] = factors.Pointer[c] * lengths[c];
        }

        foreach ((Parameter parameter, NativeBuffer<int> directions) in parts)
        {
            Move(parameter.Start, parameter.Fixed.Pointer, directions.Pointer, directions.Length, moves);
        }
    }

    public override void Dispose()
    {
        factors.Dispose();
        gradient.Dispose();
        parts.ForEach(part => part.Directions.Dispose());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* slopes, int* directions, long count, double[] sums)
    {
        for (long i = 0; i < count; i++)
        {
            int direction = directions[i], isMinus = direction >> 31;
            sums[direction ^ isMinus] += WithSign(slopes[i], isMinus);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(float* values, float* origin, int* directions, long count, float[] moves)
    {
        for (long i = 0; i < count; i++)
        {
            int direction = directions[i], isMinus = direction >> 31;
            values[i] = origin[i] + WithSign(moves[direction ^ isMinus], isMinus);
        }
    }

    // Signs are random: a branch would be foretold half of the time.
    private static float WithSign(float x, int isMinus) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) ^ (isMinus & int.MinValue));

    // Number (r, o) of a tensor's matrix has the word of column o in row r of its address.
    private static NativeBuffer<int> Directions(Strided<float> values, int place, int dimensions, ulong seed)
    {
        int outputs = (int)values.Columns;
        var directions = new NativeBuffer<int>(values.Rows * outputs);
        uint* words = stackalloc uint[4];
        for (long row = 0; row < values.Rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                if (output % 4 == 0)
                {
                    (words[0], words[1], words[2], words[3]) = Philox.Words(seed, (uint)output / 4, (uint)row, 0, (uint)place | ((uint)WeightKind.Direction << 16));
                }

                uint word = words[output % 4];
                int direction = (int)(((ulong)(word >> 1) * (ulong)dimensions) >> 31);
                directions.Pointer[(row * outputs) + output] = (word & 1) == 1 ? ~direction : direction;
            }
        }

        return directions;
    }
}

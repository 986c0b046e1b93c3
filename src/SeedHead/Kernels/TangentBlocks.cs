using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Kernels;

/// <summary>G = (1/k)·Σ ∇f_c(x)·∇f_c(x′) over the k outputs of a network: derivatives to weights and biases, each times the standard deviation that the prior gives it.</summary>
/// <remarks>Gains and offsets of batch norms are not random and biases without variance are 0: neither counts. Statistics of batch norms are constants.</remarks>
internal sealed unsafe class TangentBlocks : IKernelBlocks
{
    private const int ColumnsTogether = 4096; // of a Jacobian, widened to float64 for the products: part of the order of sums
    private const long MostBytesTogether = 1L << 30; // of Jacobians side by side: any number gives the same sums

    private readonly Architecture net;
    private readonly WeightPrior prior;
    private readonly ulong seed;
    private readonly Numbers? normRows;
    private readonly double[] deviations; // a tensor
    private readonly Selection[] selections;
    private readonly List<Member> members = [];

    public TangentBlocks(Architecture net, WeightPrior prior, ulong seed, Numbers? normRows)
    {
        (this.net, this.prior, this.seed) = (net.ReadingNumbers("tangent kernels are of"), prior, seed);
        this.normRows = NetworkOutputs.HasBatchNorms(net.Layers) ? normRows : null;
        IReadOnlyList<ParameterTensor> tensors = ParameterTensor.Of(net);
        deviations = [.. tensors.Select(tensor => DeviationOf(tensor, prior))];
        selections = [.. tensors.Select((tensor, i) => deviations[i] > 0 ? Selection.All(tensor) : Selection.None)];
        Parameters = tensors.Where((_, i) => deviations[i] > 0).Sum(tensor => tensor.Count);
    }

    /// <summary>P, the derivatives of one output.</summary>
    public long Parameters { get; }

    public int Sums => 2;

    public double[][] Of(Team team, Strided<float> points, int from, int count)
    {
        double[][] sums = [new double[Packed.Length(points.Rows)], new double[Packed.Length(points.Rows)]];
        int together = Together(points.Rows, team.Threads, count);
        while (members.Count < together)
        {
            members.Add(new(this, points.Rows));
        }

        for (int first = 0; first < count; first += together)
        {
            int group = Math.Min(together, count - first);
            team.For(group, i => members[i].Be(team, points, from + first + i));
            for (int i = 0; i < group; i++)
            {
                Add(team, members[i].Gram, sums);
            }
        }

        return sums;
    }

    public long WorkingBytes(long points, int normRows, int threads) => Together(points, threads, SampledKernel.BlockNetworks)
        * (MemberBytes(points) + RandomNetwork.Bytes(net, Math.Max(normRows, 1), derivatives: true));

    public void Dispose() => members.ForEach(member => member.Dispose());

    private static double DeviationOf(ParameterTensor tensor, WeightPrior prior)
    {
        LayerShape shape = tensor.Shape;
        return tensor.IsWeights ? Math.Sqrt(prior.LimitWeightVariance(shape.FanIn, shape.FullFanOut) / shape.FanIn)
            : tensor.IsBias ? Math.Sqrt(prior.BiasVariance(shape.FanIn))
            : 0;
    }

    private long MemberBytes(long points) =>
        (sizeof(float) * points * net.OutputCount * Parameters) + (sizeof(double) * points * (points + Math.Min(ColumnsTogether, net.OutputCount * Parameters)));

    private int Together(long points, int threads, int count) => (int)Math.Clamp(MostBytesTogether / Math.Max(MemberBytes(points), 1), 1, Math.Min(threads, count));

    private void Add(Team team, Strided<double> gram, double[][] sums) => team.For(checked((int)gram.Rows), row =>
    {
        ReadOnlySpan<double> values = gram.Row(row);
        long at = Packed.Length(row);
        for (int j = 0; j <= row; j++, at++)
        {
            double value = values[j] / net.OutputCount;
            sums[0][at] += value;
            sums[1][at] += value * value;
        }
    });

    /// <summary>One network at a time, its Jacobian and the products of its rows.</summary>
    private sealed class Member : IDisposable
    {
        private readonly TangentBlocks blocks;
        private readonly RandomNetwork network;
        private readonly Parameter[] learned;
        private readonly NativeBuffer<float> jacobian;
        private readonly NativeBuffer<double> gram, wide;
        private readonly long points;

        public Member(TangentBlocks blocks, long points)
        {
            (this.blocks, this.points) = (blocks, points);
            network = new(blocks.net, blocks.prior, blocks.seed, blocks.selections);
            learned = [.. network.Modules.Parameters.Where(parameter => parameter.LearnedCount > 0)];
            jacobian = new(points * blocks.net.OutputCount * blocks.Parameters);
            gram = new(points * points);
            wide = new(points * Math.Min(ColumnsTogether, blocks.net.OutputCount * blocks.Parameters));
        }

        public Strided<double> Gram => Strided<double>.RowMajor(gram, points, points);

        public void Be(Team team, Strided<float> rows, int number)
        {
            network.Draw(team, number);
            if (blocks.normRows is { } reference)
            {
                using var outputs = new NativeBuffer<float>((long)reference.Count * blocks.net.OutputCount);
                fixed (float* values = reference.Values.Span)
                {
                    network.Measure(team, Strided<float>.RowMajor(values, reference.Count, reference.Columns), outputs.Pointer);
                }
            }

            int k = blocks.net.OutputCount;
            Strided<float> derivatives = Strided<float>.RowMajor(jacobian, points * k, blocks.Parameters);
            Jacobian.Of(team, network.Modules, learned, rows, derivatives);
            double[] factors = [.. blocks.deviations.Where(deviation => deviation > 0)];
            for (long row = 0; row < derivatives.Rows; row++)
            {
                float* at = derivatives.Pointer + (row * derivatives.RowStride);
                for (int i = 0; i < learned.Length; at += learned[i].LearnedCount, i++)
                {
                    Elementwise.Multiply(new Span<float>(at, checked((int)learned[i].LearnedCount)), (float)factors[i]);
                }
            }

            Multiply(team, Strided<float>.RowMajor(jacobian, points, k * blocks.Parameters));
        }

        public void Dispose()
        {
            network.Dispose();
            jacobian.Dispose();
            gram.Dispose();
            wide.Dispose();
        }

        // In float64, so that the matrix has no eigenvalue below 0 but for its rounding.
        private void Multiply(Team team, Strided<float> rows)
        {
            for (long first = 0; first < rows.Columns; first += ColumnsTogether)
            {
                long columns = Math.Min(ColumnsTogether, rows.Columns - first);
                Strided<double> part = Strided<double>.RowMajor(wide, points, columns);
                for (long row = 0; row < points; row++)
                {
                    float* from = rows.Pointer + (row * rows.RowStride) + first;
                    Span<double> to = part.Row(row);
                    for (int i = 0; i < to.Length; i++)
                    {
                        to[i] = from[i];
                    }
                }

                MatrixProduct.MultiplyLower(team, part, part.Transpose, Gram, first == 0 ? Into.Store : Into.Add);
            }
        }
    }
}

using SeedHead.Networks;

namespace SeedHead.Tests.Reference;

/// <summary>NNGP and tangent kernels of a stack of layers, with every pair of pixels kept in arrays [h, w, h′, w′] and every sum written out.</summary>
/// <remarks>Novak et al., ICLR 2019, section 2; Arora et al., "On Exact Computation with an Infinitely Wide Neural Net", NeurIPS 2019, section 4.</remarks>
internal static class LimitKernelReference
{
    public static (double Nngp, double Tangent) Of(string text, WeightPrior prior, float[] x, float[] y)
    {
        Architecture net = Architecture.Parse(text);
        var state = new Triple(net, x, y);
        foreach (Layer layer in net.Layers)
        {
            state.Pass(layer, prior);
        }

        return (state.Cross.Kernel[0, 0, 0, 0], state.Cross.Tangent[0, 0, 0, 0]);
    }

    /// <summary>The kernels of (x, x), (y, y) and (x, y).</summary>
    private sealed class Triple(Architecture net, float[] x, float[] y)
    {
        private readonly Pairs first = new(net, x, x), second = new(net, y, y);
        private int channels = net.InputShape?.Channels ?? net.InputCount;

        public Pairs Cross { get; } = new(net, x, y);

        public void Pass(Layer layer, WeightPrior prior)
        {
            int pixels = Cross.Height * Cross.Width;
            switch (layer)
            {
                case DenseLayer dense:
                    Each(pairs => pairs.Flatten());
                    Each(pairs => pairs.Weights(prior.WeightVariance(channels * pixels, dense.Width) * channels * pixels, prior.BiasVariance(channels * pixels)));
                    channels = dense.Width;
                    break;
                case ConvolutionLayer convolution:
                    int fanIn = channels * convolution.Kernel * convolution.Kernel;
                    double variance = prior.WeightVariance(fanIn, convolution.Filters * convolution.Kernel * convolution.Kernel) * channels;
                    Each(pairs => pairs.Slide(convolution.Kernel, convolution.Stride, convolution.Padding, sameplace: true));
                    Each(pairs => pairs.Weights(variance, convolution.Biased ? prior.BiasVariance(fanIn) : 0));
                    channels = convolution.Filters;
                    break;
                case PoolingLayer { Window: { } window } pooling:
                    Each(pairs => pairs.Slide(window, pooling.Stride!.Value, 0, sameplace: false));
                    Each(pairs => pairs.Scale(1.0 / Math.BigMul(window * window, window * window)));
                    break;
                case PoolingLayer:
                    Each(pairs => pairs.Slide(Cross.Height, 1, 0, sameplace: false));
                    Each(pairs => pairs.Scale(1.0 / Math.BigMul(pixels, pixels)));
                    break;
                case FlattenLayer:
                    break; // the dense layer behind it does it
                case ActivationLayer activation:
                    (double[,] a, double[,] b) = (first.Variances(), second.Variances());
                    Cross.Activate(activation.Activation, a, b);
                    first.Activate(activation.Activation, a, a);
                    second.Activate(activation.Activation, b, b);
                    break;
                default:
                    throw new ArgumentException($"The reference does not know {layer}.");
            }
        }

        private void Each(Action<Pairs> change)
        {
            change(Cross);
            change(first);
            change(second);
        }
    }

    private sealed class Pairs
    {
        public Pairs(Architecture net, float[] x, float[] y)
        {
            (int height, int width, int channels) = net.InputShape is { } s ? (s.Height, s.Width, s.Channels) : (1, 1, net.InputCount);
            Kernel = new double[height, width, height, width];
            Tangent = new double[height, width, height, width];
            Fill(Kernel, (i, j, k, l) => Enumerable.Range(0, channels)
                .Sum(c => (double)x[(((i * width) + j) * channels) + c] * y[(((k * width) + l) * channels) + c]) / channels);
        }

        public double[,,,] Kernel { get; private set; }

        public double[,,,] Tangent { get; private set; }

        public int Height => Kernel.GetLength(0);

        public int Width => Kernel.GetLength(1);

        public double[,] Variances()
        {
            var variances = new double[Height, Width];
            for (int i = 0; i < Height; i++)
            {
                for (int j = 0; j < Width; j++)
                {
                    variances[i, j] = Kernel[i, j, i, j];
                }
            }

            return variances;
        }

        public void Weights(double weight, double bias)
        {
            Fill(Kernel, (i, j, k, l) => bias + (weight * Kernel[i, j, k, l]));
            Fill(Tangent, (i, j, k, l) => Kernel[i, j, k, l] + (weight * Tangent[i, j, k, l]));
        }

        public void Scale(double factor)
        {
            Fill(Kernel, (i, j, k, l) => factor * Kernel[i, j, k, l]);
            Fill(Tangent, (i, j, k, l) => factor * Tangent[i, j, k, l]);
        }

        public void Activate(Activation activation, double[,] a, double[,] b)
        {
            Fill(Tangent, (i, j, k, l) => Tangent[i, j, k, l] * activation.DualOfGradient(a[i, j], b[k, l], Kernel[i, j, k, l]));
            Fill(Kernel, (i, j, k, l) => activation.Dual(a[i, j], b[k, l], Kernel[i, j, k, l]));
        }

        public void Flatten()
        {
            (Kernel, Tangent) = (Mean(Kernel), Mean(Tangent));

            double[,,,] Mean(double[,,,] from)
            {
                double sum = 0;
                for (int i = 0; i < Height; i++)
                {
                    for (int j = 0; j < Width; j++)
                    {
                        sum += from[i, j, i, j];
                    }
                }

                return new double[1, 1, 1, 1] { { { { sum / (Height * Width) } } } };
            }
        }

        /// <summary>Sums over two windows: over equal places only, or over all pairs of places.</summary>
        public void Slide(int size, int stride, int padding, bool sameplace)
        {
            (Kernel, Tangent) = (Sums(Kernel), Sums(Tangent));

            double[,,,] Sums(double[,,,] from)
            {
                int height = ((Height + (2 * padding) - size) / stride) + 1, width = ((Width + (2 * padding) - size) / stride) + 1;
                var sums = new double[height, width, height, width];
                int[] places = [.. Enumerable.Range(0, size)];
                Fill(sums, (i, j, k, l) => places.Sum(r => places.Sum(c => sameplace
                    ? At(from, i, j, k, l, r, c, r, c)
                    : places.Sum(s => places.Sum(d => At(from, i, j, k, l, r, c, s, d))))));
                return sums;
            }

            double At(double[,,,] from, int i, int j, int k, int l, int r, int c, int s, int d)
            {
                int p = (i * stride) + r - padding, q = (j * stride) + c - padding, u = (k * stride) + s - padding, v = (l * stride) + d - padding;
                return p >= 0 && p < Height && q >= 0 && q < Width && u >= 0 && u < Height && v >= 0 && v < Width ? from[p, q, u, v] : 0;
            }
        }

        private static void Fill(double[,,,] to, Func<int, int, int, int, double> value)
        {
            for (int i = 0; i < to.GetLength(0); i++)
            {
                for (int j = 0; j < to.GetLength(1); j++)
                {
                    for (int k = 0; k < to.GetLength(2); k++)
                    {
                        for (int l = 0; l < to.GetLength(3); l++)
                        {
                            to[i, j, k, l] = value(i, j, k, l);
                        }
                    }
                }
            }
        }
    }
}

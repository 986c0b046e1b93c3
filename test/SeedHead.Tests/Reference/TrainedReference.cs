using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Reference;

/// <summary>The loss of a network on a batch in double precision, one number at a time from the formulas: no dropout, batch norms with the batch's statistics.</summary>
internal sealed class TrainedReference(Architecture net, IReadOnlyList<double[]> parameters)
{
    private int next;

    public double Loss(double[][] x, int[] truth)
    {
        double[][] scores = Scores(x);
        return scores.Select((s, row) => Math.Log(s.Sum(v => Math.Exp(v - s.Max()))) - (s[truth[row]] - s.Max())).Average();
    }

    public double[][] Scores(double[][] x)
    {
        next = 0;
        return Run(net.Layers, net.InputExtent, x);
    }

    private double[][] Run(IReadOnlyList<Layer> parts, Extent at, double[][] x)
    {
        foreach (Layer part in Extent.WrittenOut(parts))
        {
            x = Run(part, at, x);
            at = part.After(at);
        }

        return x;
    }

    private double[][] Run(Layer part, Extent at, double[][] x) => part switch
    {
        ConvolutionLayer layer => Convolve(layer, at, x),
        DenseLayer layer => Dense(x, layer.Width),
        BatchNormLayer => Normalise(at, x),
        LayerNormLayer => [.. x.Select(NormaliseRow)],
        ActivationLayer layer => [.. x.Select(row => row.Select(v => Value(layer.Activation.Text, v)).ToArray())],
        ScaleLayer layer => [.. x.Select(row => row.Select(v => v * layer.Factor).ToArray())],
        PoolingLayer layer => [.. x.Select(row => Pool(layer, at, row))],
        ResidualLayer layer => Add(Run(layer.Parts, at, x), Run(layer.Shortcut, at, x)),
        ConcatenationLayer layer => Join(at, x, Extent.After(layer.Parts, at), Run(layer.Parts, at, x)),
        GatedLayer layer => Gate(layer, x),
        _ => x,
    };

    private double[] Take() => parameters[next++];

    private static double Value(string activation, double v) => activation switch
    {
        "relu" => Math.Max(v, 0),
        "tanh" => Math.Tanh(v),
        "sigmoid" => 1 / (1 + Math.Exp(-v)),
        "sin" => Math.Sin(v),
        "softplus" => Math.Log(1 + Math.Exp(v)),
        _ => throw new ArgumentException(activation),
    };

    private double[][] Dense(double[][] x, int outputs)
    {
        double[] w = Take(), b = Take();
        return [.. x.Select(row => Enumerable.Range(0, outputs).Select(o => b[o] + row.Select((v, i) => v * w[(i * outputs) + o]).Sum()).ToArray())];
    }

    private double[][] Convolve(ConvolutionLayer layer, Extent at, double[][] x)
    {
        double[] w = Take(), b = layer.Biased ? Take() : new double[layer.Filters];
        var image = at.Shape!.Value;
        var result = layer.After(at).Shape!.Value;
        int channels = image.Channels / layer.Groups, filters = layer.Filters / layer.Groups;
        return [.. x.Select(row =>
        {
            var y = new double[result.Size];
            for (int i = 0; i < y.Length; i++)
            {
                int f = i % layer.Filters, column = i / layer.Filters % result.Width, line = i / layer.Filters / result.Width;
                y[i] = b[f];
                for (int t = 0; t < layer.Kernel * layer.Kernel * channels; t++)
                {
                    int c = t % channels, s = t / channels % layer.Kernel, r = t / channels / layer.Kernel;
                    int px = (column * layer.Stride) + s - layer.Padding, py = (line * layer.Stride) + r - layer.Padding;
                    bool inside = px >= 0 && py >= 0 && px < image.Width && py < image.Height;
                    y[i] += inside ? w[(t * layer.Filters) + f] * row[(((py * image.Width) + px) * image.Channels) + (f / filters * channels) + c] : 0;
                }
            }

            return y;
        })];
    }

    private double[][] Normalise(Extent at, double[][] x)
    {
        double[] gain = Take(), offset = Take();
        int channels = gain.Length;
        double[][] y = [.. x.Select(row => new double[row.Length])];
        for (int c = 0; c < channels; c++)
        {
            double[] values = [.. x.SelectMany(row => row.Where((_, i) => i % channels == c))];
            double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
            for (int row = 0; row < x.Length; row++)
            {
                for (int i = c; i < at.Count; i += channels)
                {
                    y[row][i] = (gain[c] * (x[row][i] - mean) / Math.Sqrt(variance + 1e-5)) + offset[c];
                }
            }
        }

        return y;
    }

    private static double[] NormaliseRow(double[] row)
    {
        double mean = row.Average(), variance = row.Average(v => (v - mean) * (v - mean));
        return [.. row.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5))];
    }

    private static double[] Pool(PoolingLayer layer, Extent at, double[] row)
    {
        var image = at.Shape!.Value;
        if (layer.Window is not { } window)
        {
            return [.. Enumerable.Range(0, image.Channels).Select(c => row.Where((_, i) => i % image.Channels == c).Average())];
        }

        var result = layer.After(at).Shape!.Value;
        return [.. Enumerable.Range(0, result.Size).Select(i =>
        {
            int c = i % image.Channels, column = i / image.Channels % result.Width, line = i / image.Channels / result.Width;
            var values = from r in Enumerable.Range(0, window)
                         from s in Enumerable.Range(0, window)
                         select row[((((line * layer.Stride!.Value) + r) * image.Width) + (column * layer.Stride.Value) + s) * image.Channels + c];
            return layer.IsMaximum ? values.Max() : values.Average();
        })];
    }

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Select((row, i) => row.Select((v, j) => v + b[i][j]).ToArray())];

    private static double[][] Join(Extent at, double[][] x, Extent more, double[][] f)
    {
        int a = at.Shape?.Channels ?? at.Count, b = more.Shape?.Channels ?? more.Count;
        return [.. x.Select((row, n) => Enumerable.Range(0, row.Length / a)
            .SelectMany(pixel => row.Skip(pixel * a).Take(a).Concat(f[n].Skip(pixel * b).Take(b))).ToArray())];
    }

    private double[][] Gate(GatedLayer layer, double[][] x)
    {
        double[][] value = Run(layer.Parts, new(layer.Width, null), Dense(x, layer.Width)), gate = Dense(x, layer.Width);
        return [.. value.Select((row, n) => row.Select((v, i) => v * Value("sigmoid", gate[n][i])).ToArray())];
    }
}

using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Tests.Reference;

/// <summary>A network on a batch in double precision, one number at a time from the formulas; on a tape its derivatives are exact but for rounding.</summary>
/// <param name="net">The architecture.</param>
/// <param name="parameters">Its tensors in order.</param>
internal sealed class TrainedReference<T>(Architecture net, IReadOnlyList<T[]> parameters)
    where T : IReal<T>
{
    private int next, norms, dropouts;

    /// <summary>Means and variances of every batch norm; null takes those of the batch.</summary>
    public IReadOnlyList<(double[] Means, double[] Variances)>? Running { get; init; }

    /// <summary>What names the numbers that are dropped; null drops none.</summary>
    public (ulong Seed, int Step)? Dropped { get; init; }

    /// <summary>Mean cross-entropy.</summary>
    public T CrossEntropy(T[][] x, int[] truth) => Mean([.. Scores(x).Select((s, row) =>
    {
        T largest = T.Of(s.Max(v => v.Value));
        return Log(Sum(s.Select(v => Exp(v - largest)))) - (s[truth[row]] - largest);
    })]);

    /// <summary>Mean over rows of half the squared error.</summary>
    public T SquaredLoss(T[][] x, double[][] targets) =>
        Mean([.. Scores(x).Select((s, row) => Sum(s.Select((v, k) => Square(v - T.Of(targets[row][k])) * T.Of(0.5))))]);

    public T[][] Scores(T[][] x)
    {
        (next, norms, dropouts) = (0, 0, 0);
        return Run(net.Layers, net.InputExtent, x);
    }

    private T[][] Run(IReadOnlyList<Layer> parts, Extent at, T[][] x)
    {
        foreach (Layer part in Extent.WrittenOut(parts))
        {
            x = Run(part, at, x);
            at = part.After(at);
        }

        return x;
    }

    private T[][] Run(Layer part, Extent at, T[][] x) => part switch
    {
        ConvolutionLayer layer => Convolve(layer, at, x),
        DenseLayer layer => Dense(x, layer.Width),
        BatchNormLayer => Normalise(at, x),
        LayerNormLayer => [.. x.Select(NormaliseRow)],
        ActivationLayer layer => [.. x.Select(row => row.Select(v => Activate(layer.Activation.Text, v)).ToArray())],
        ScaleLayer layer => [.. x.Select(row => row.Select(v => v * T.Of(layer.Factor)).ToArray())],
        PoolingLayer layer => [.. x.Select(row => Pool(layer, at, row))],
        EncodingLayer layer => [.. x.Select(row => (T[])[.. row, .. row.SelectMany(v => Waves(v, layer.Octaves))])],
        DropoutLayer layer => Drop(layer, x),
        ResidualLayer layer => Add(Run(layer.Parts, at, x), Run(layer.Shortcut, at, x)),
        ConcatenationLayer layer => Join(at, x, Extent.After(layer.Parts, at), Run(layer.Parts, at, x)),
        GatedLayer layer => Gate(layer, x),
        _ => x,
    };

    private static IEnumerable<T> Waves(T x, int octaves)
    {
        T[] angles = [.. Enumerable.Range(0, octaves).Select(k => x * T.Of(Math.ScaleB(Math.PI, k)))];
        return
        [
            .. angles.Select(a => T.Map(a, Math.Sin(a.Value), Math.Cos(a.Value))), .. angles.Select(a => T.Map(a, Math.Cos(a.Value), -Math.Sin(a.Value))),
        ];
    }

    private T[] Take() => parameters[next++];

    private static T Exp(T v) => T.Map(v, Math.Exp(v.Value), Math.Exp(v.Value));

    private static T Log(T v) => T.Map(v, Math.Log(v.Value), 1 / v.Value);

    private static T Root(T v) => T.Map(v, Math.Sqrt(v.Value), 0.5 / Math.Sqrt(v.Value));

    private static T Square(T v) => v * v;

    private static T Sum(IEnumerable<T> values) => values.Aggregate((a, b) => a + b);

    private static T Mean(T[] values) => Sum(values) / T.Of(values.Length);

    private static T Activate(string activation, T x)
    {
        double v = x.Value, sigmoid = 1 / (1 + Math.Exp(-v));
        var (value, slope) = activation switch
        {
            "relu" => (Math.Max(v, 0), v >= 0 ? 1 : 0),
            "tanh" => (Math.Tanh(v), 1 - (Math.Tanh(v) * Math.Tanh(v))),
            "sigmoid" => (sigmoid, sigmoid * (1 - sigmoid)),
            "sin" => (Math.Sin(v), Math.Cos(v)),
            "softplus" => (Math.Log(1 + Math.Exp(v)), sigmoid),
            _ => throw new ArgumentException(activation),
        };
        return T.Map(x, value, slope);
    }

    private T[][] Dense(T[][] x, int outputs)
    {
        T[] w = Take(), b = Take();
        return [.. x.Select(row => Enumerable.Range(0, outputs).Select(o => b[o] + Sum(row.Select((v, i) => v * w[(i * outputs) + o]))).ToArray())];
    }

    private T[][] Convolve(ConvolutionLayer layer, Extent at, T[][] x)
    {
        T[] w = Take();
        T[]? b = layer.Biased ? Take() : null;
        var image = at.Shape!.Value;
        var result = layer.After(at).Shape!.Value;
        int channels = image.Channels / layer.Groups, filters = layer.Filters / layer.Groups;
        return [.. x.Select(row =>
        {
            var y = new T[result.Size];
            for (int i = 0; i < y.Length; i++)
            {
                int f = i % layer.Filters, column = i / layer.Filters % result.Width, line = i / layer.Filters / result.Width;
                y[i] = b is null ? T.Of(0) : b[f];
                for (int t = 0; t < layer.Kernel * layer.Kernel * channels; t++)
                {
                    int c = t % channels, s = t / channels % layer.Kernel, r = t / channels / layer.Kernel;
                    int px = (column * layer.Stride) + s - layer.Padding, py = (line * layer.Stride) + r - layer.Padding;
                    if (px >= 0 && py >= 0 && px < image.Width && py < image.Height)
                    {
                        y[i] += w[(t * layer.Filters) + f] * row[(((py * image.Width) + px) * image.Channels) + (f / filters * channels) + c];
                    }
                }
            }

            return y;
        })];
    }

    private T[][] Normalise(Extent at, T[][] x)
    {
        T[] gain = Take(), offset = Take();
        int channels = gain.Length;
        var running = Running?[norms++];
        T[][] y = [.. x.Select(row => new T[row.Length])];
        for (int c = 0; c < channels; c++)
        {
            T[] values = [.. x.SelectMany(row => row.Where((_, i) => i % channels == c))];
            T mean = running is { } kept ? T.Of(kept.Means[c]) : Mean(values);
            T variance = running is { } old ? T.Of(old.Variances[c]) : Mean([.. values.Select(v => Square(v - mean))]);
            for (int row = 0; row < x.Length; row++)
            {
                for (int i = c; i < at.Count; i += channels)
                {
                    y[row][i] = (gain[c] * (x[row][i] - mean) / Root(variance + T.Of(1e-5))) + offset[c];
                }
            }
        }

        return y;
    }

    private static T[] NormaliseRow(T[] row)
    {
        T mean = Mean(row), deviation = Root(Mean([.. row.Select(v => Square(v - mean))]) + T.Of(1e-5));
        return [.. row.Select(v => (v - mean) / deviation)];
    }

    private static T[] Pool(PoolingLayer layer, Extent at, T[] row)
    {
        var image = at.Shape!.Value;
        if (layer.Window is not { } window)
        {
            return [.. Enumerable.Range(0, image.Channels).Select(c => Mean([.. row.Where((_, i) => i % image.Channels == c)]))];
        }

        var result = layer.After(at).Shape!.Value;
        return [.. Enumerable.Range(0, result.Size).Select(i =>
        {
            int c = i % image.Channels, column = i / image.Channels % result.Width, line = i / image.Channels / result.Width;
            T[] values = [.. from r in Enumerable.Range(0, window)
                             from s in Enumerable.Range(0, window)
                             select row[((((line * layer.Stride!.Value) + r) * image.Width) + (column * layer.Stride.Value) + s) * image.Channels + c]];
            return layer.IsMaximum ? values.MaxBy(v => v.Value)! : Mean(values);
        })];
    }

    private T[][] Drop(DropoutLayer layer, T[][] x)
    {
        int place = dropouts++;
        if (Dropped is not { } name)
        {
            return x;
        }

        return [.. x.Select((row, n) => row.Select((v, i) =>
        {
            long at = ((long)n * row.Length) + i;
            var (w0, w1, w2, w3) = Philox.Words(name.Seed, (uint)(at / 4), (uint)name.Step, (uint)place, (uint)WeightKind.Dropout << 16);
            uint word = (at % 4) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
            return word / 4294967296.0 < layer.Rate ? T.Of(0) : v / T.Of(1 - layer.Rate);
        }).ToArray())];
    }

    private static T[][] Add(T[][] a, T[][] b) => [.. a.Select((row, i) => row.Select((v, j) => v + b[i][j]).ToArray())];

    private static T[][] Join(Extent at, T[][] x, Extent more, T[][] f)
    {
        int a = at.Shape?.Channels ?? at.Count, b = more.Shape?.Channels ?? more.Count;
        return [.. x.Select((row, n) => Enumerable.Range(0, row.Length / a)
            .SelectMany(pixel => row.Skip(pixel * a).Take(a).Concat(f[n].Skip(pixel * b).Take(b))).ToArray())];
    }

    private T[][] Gate(GatedLayer layer, T[][] x)
    {
        T[][] value = Run(layer.Parts, new(layer.Width, null), Dense(x, layer.Width)), gate = Dense(x, layer.Width);
        return [.. value.Select((row, n) => row.Select((v, i) => v * Activate("sigmoid", gate[n][i])).ToArray())];
    }
}

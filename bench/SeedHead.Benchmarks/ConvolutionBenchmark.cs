using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Training steps of convolutions: forward, gradient to the input (not of a first layer), gradient to the weights of a share of the filters.</summary>
/// <remarks>
/// "convolution-serve" answers lines "NAME THREADS SHARE" on standard input with milliseconds by the clock, of processor time, and of processor
/// time in each of the three passes, so that bench/peers/convolution.py can take turns with it.
/// </remarks>
internal static unsafe class ConvolutionBenchmark
{
    /// <summary>Steps by name, 128 images each (32 of the large ones).</summary>
    private static readonly SortedDictionary<string, Func<Step>> Steps = new(StringComparer.Ordinal)
    {
        ["pair"] = () => new Step(
            128,
            new ConvolutionShape(32, 32, 3, 64, 3, 3) { Padding = (1, 1) },
            new ConvolutionShape(32, 32, 64, 128, 3, 3) { Padding = (1, 1) }),
        ["stride2"] = () => new Step(128, new ConvolutionShape(32, 32, 64, 128, 3, 3) { Padding = (1, 1), Stride = (2, 2) }),
        ["3to17"] = () => new Step(128, new ConvolutionShape(32, 32, 3, 17, 3, 3) { Padding = (1, 1) }),
        ["5x5on27"] = () => new Step(32, new ConvolutionShape(27, 27, 64, 192, 5, 5) { Padding = (2, 2) }),
        ["groups"] = () => new Step(128, new ConvolutionShape(32, 32, 64, 128, 3, 3) { Padding = (1, 1), Groups = 4 }),
        ["depthwise"] = () => new Step(128, new ConvolutionShape(32, 32, 64, 64, 3, 3) { Padding = (1, 1), Groups = 64 }),
        ["1x1"] = () => new Step(128, new ConvolutionShape(32, 32, 64, 128, 1, 1)),
        ["17to64"] = () => new Step(128, new ConvolutionShape(32, 32, 17, 64, 3, 3) { Padding = (1, 1) }),
        ["deep"] = () => new Step(128, new ConvolutionShape(4, 4, 512, 512, 3, 3) { Padding = (1, 1) }),
    };

    public static void Run()
    {
        foreach ((string name, Func<Step> create) in Steps)
        {
            using Step step = create();
            foreach (int threads in new[] { 1, Environment.ProcessorCount })
            {
                foreach (double share in new[] { 1, 0.5, 0.25 })
                {
                    var team = new Team(threads);
                    Timing.Report($"{name}, learned {share:P0}", step.Operations(share), threads, false, () => step.Run(team, share));
                }
            }
        }
    }

    public static void Serve()
    {
        var steps = new Dictionary<string, Step>(StringComparer.Ordinal);
        for (string? line = Console.ReadLine(); !string.IsNullOrEmpty(line); line = Console.ReadLine())
        {
            string[] words = line.Split(' ');
            Step step = steps.TryGetValue(words[0], out Step? known) ? known : steps[words[0]] = Steps[words[0]]();
            var team = new Team(int.Parse(words[1]));
            (double wall, double cpu) = Timing.Seconds(() => step.Run(team, double.Parse(words[2])), 0);
            Console.WriteLine($"{wall * 1e3} {cpu * 1e3} {string.Join(' ', step.Parts)}");
        }
    }

    /// <summary>Convolutions one after the other, each followed by relu, with everything that a step of training computes.</summary>
    private sealed class Step : IDisposable
    {
        private readonly int images;
        private readonly ConvolutionShape[] shapes;
        private readonly List<NativeBuffer<float>> buffers = [];
        private readonly Strided<float>[] values, slopes, weights, gradients;

        public Step(int images, params ConvolutionShape[] shapes)
        {
            (this.images, this.shapes) = (images, shapes);
            values = [Matrix(images * shapes[0].Pixels, shapes[0].Channels), .. shapes.Select(s => Matrix(images * s.OutPixels, s.Filters))];
            slopes = [.. values.Select(v => Matrix(v.Rows, v.Columns))];
            weights = [.. shapes.Select(s => Matrix(s.Taps, s.Filters))];
            gradients = [.. shapes.Select(s => Matrix(s.Taps, s.Filters))];
        }

        public void Dispose() => buffers.ForEach(b => b.Dispose());

        public double Operations(double share) =>
            shapes.Select((s, i) => 2.0 * images * s.OutPixels * s.Taps * s.Filters * ((i == 0 && shapes.Length > 1 ? 1 : 2) + share)).Sum();

        /// <summary>Milliseconds of processor time of the last run's forward passes, gradients to inputs and gradients to weights.</summary>
        public double[] Parts { get; private set; } = [];

        public void Run(Team team, double share)
        {
            double forward = Milliseconds(() => Forward(team)), input = 0, ofWeights = 0;
            for (int i = shapes.Length - 1; i >= 0; i--)
            {
                int layer = i;
                ofWeights += Milliseconds(() => Gradient(team, layer, share));
                input += i == 0 && shapes.Length > 1 ? 0 : Milliseconds(() => Back(team, layer));
            }

            Parts = [forward, input, ofWeights];
        }

        private void Forward(Team team)
        {
            for (int i = 0; i < shapes.Length; i++)
            {
                Convolution.Forward(team, shapes[i], images, values[i], weights[i], null, values[i + 1], i < shapes.Length - 1 ? Rectify : null);
            }
        }

        private void Back(Team team, int layer)
        {
            Convolution.GradientOfInput(team, shapes[layer], images, slopes[layer + 1], weights[layer], slopes[layer]);
            Strided<float> value = values[layer], slope = slopes[layer];
            int rows = (int)(value.Rows / images);
            team.For(layer == 0 ? 0 : images, image =>
            {
                var zero = Vector256<float>.Zero;
                float* v = value.Pointer + (nint)image * rows * value.RowStride, s = slope.Pointer + (nint)image * rows * value.RowStride;
                for (nint j = 0; j < rows * value.RowStride; j += 8)
                {
                    var positive = Vector256.GreaterThan(Vector256.Load(v + j), zero);
                    Vector256.Store(positive & Vector256.Load(s + j), s + j);
                }
            });
        }

        private void Gradient(Team team, int layer, double share)
        {
            int learned = (int)(shapes[layer].Filters * share);
            Strided<float> gradient = gradients[layer].Block(0, 0, gradients[layer].Rows, learned);
            Convolution.GradientOfWeights(team, shapes[layer], images, values[layer], slopes[layer + 1], gradient, [.. Enumerable.Range(0, learned)]);
        }

        private static void Rectify(Strided<float> rows, int firstColumn)
        {
            for (long i = 0; i < rows.Rows; i++)
            {
                float* row = rows.Pointer + i * rows.RowStride;
                for (long j = 0; j + 8 <= rows.Columns; j += 8)
                {
                    Vector256.Store(Vector256.Max(Vector256.Load(row + j), Vector256<float>.Zero), row + j);
                }
            }
        }

        private static double Milliseconds(Action call)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            call();
            return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }

        private Strided<float> Matrix(long rows, long columns)
        {
            var buffer = new NativeBuffer<float>(rows * columns);
            Fill.Uniform(buffer, (ulong)buffers.Count + 1);
            buffers.Add(buffer);
            return Strided<float>.RowMajor(buffer, rows, columns);
        }
    }
}

using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Features;

namespace SeedHead.Tests.Networks;

/// <summary>A population has the bits of its networks evaluated one by one.</summary>
public unsafe class PopulationTests
{
    private static readonly int[] PointCounts = [1, 2, 31, 32, 33, 97];

    [Theory]
    [InlineData("2-64-tanh-64-tanh-64-tanh-1", "glorot-uniform:3+bias-uniform:1", 100)]
    [InlineData("2-5*(64-res(sin))-1", "flat:2", 70)]
    [InlineData("2-4*(64-ln-gaussian)-1", "glorot-alpha:3", 70)]
    [InlineData("2-4*(gated(64-relu))-1", "glorot-laplace", 70)]
    [InlineData("2-3*(gated(61-ln-scale2-gelu)-ln-res(61-res(tanh)-61))-3", "glorot-ball:2+bias-normal:0.3", 70)]
    [InlineData("3-1-relu-1-sin-1", "flat-ball:2", 40)]
    [InlineData("2-512-relu-511-tanh-1", "he-normal", 33)]
    [InlineData("2-64*(7-tanh)-2", "lecun-normal+bias-normal:1", 33)]
    [InlineData("2-512-res(512-relu-512|ln-512)-ln-1", "orthogonal", 33)]
    [InlineData("2100-8-relu-1", "he-normal", 40)] // more inputs than a chain holds
    [InlineData("5-res(9-relu-5)-2", "ntk", 50)]
    [InlineData("2-encode4-32-relu-1", "he-normal", 70)]
    [InlineData("3-tanh-encode16-ln-9-res(encode1-21-[x + sin(x)^2]-9)-encode2", "glorot-alpha", 40)]
    [InlineData("3", "he-normal", 40)]
    [InlineData("3-tanh-ln", "he-normal", 40)]
    [InlineData("4-8-relu-3", "sign", 0)]
    [InlineData("4-40-relu-3", "truncated-normal+bias-uniform:1", 61)]
    [InlineData("2-3*(64-relu)-1", "lecun-normal:1.5+bias-normal:0.3", 97)]
    [InlineData("2-3*(61-relu-scale1.4)-gated(50-step)-3", "flat:1.5", 97)]
    [InlineData("1-32-step-scale3-100-relu-res(77-ln-step-100|64-relu-100)-5", "glorot-alpha:2", 97)]
    [InlineData("2-3*(40-relu)-1", "flat:1e-22", 97)] // chains underflow
    [InlineData("2-3*(40-relu)-1", "flat:1e38", 97)] // and overflow
    public void Values_have_the_bits_of_single_networks(string text, string prior, int points) =>
        AssertSame(Architecture.Parse(text), WeightPrior.Parse(prior), points, threads: 2, panels: null, inputScale: 0.7);

    [Fact]
    public void Any_architecture_has_the_bits_of_single_networks() => ForAll.Draws(150, draw => AssertSame(
        Architectures.Random(draw, 6),
        WeightPrior.Parse(draw.Of("he-normal", "flat:1.5", "orthogonal+bias-normal:0.5", "flat-ball", "ntk+bias-uniform:1", "flat-laplace:0.5")),
        draw.Of(PointCounts),
        draw.Int(1, 3),
        draw.Of<int?>(null, 1, 2, 5),
        draw.Of(1, 0.7)));

    [Fact]
    public void Any_architecture_has_the_bits_of_the_reference() => ForAll.Draws(60, draw =>
    {
        Architecture net = Architectures.Random(draw, 5);
        WeightPrior prior = WeightPrior.Parse(draw.Of("he-normal", "flat:1.5", "flat-ball", "ntk+bias-uniform:1"));
        Rows rows = Rows.Normal(9, net.InputCount);
        float[][] expected = Reference.DenseReference.Outputs(net, prior, 9, 3, 0.7, rows);
        Assert.Equal(Rows.Bits([.. expected.SelectMany(row => row)]), Rows.Bits(Population(net, prior, rows, 3, 1, 2, null, 0.7)[0]));
    });

    [Theory]
    [InlineData(null)]
    [InlineData(float.NaN)]
    [InlineData(3e38f)]
    public void Many_networks_keep_the_order_of_the_points(float? unusual)
    {
        Architecture net = Architecture.Parse("2-3*(20-relu)-2");
        WeightPrior prior = WeightPrior.Parse("he-normal+bias-normal:0.3");
        Rows rows = Rows.Normal(150, 2);
        rows[7][1] = unusual ?? rows[7][1];
        float[][] values = Population(net, prior, rows, 0, 40, 2, null, 1);
        Assert.All(values.Index(), one => Assert.Equal(Rows.Bits(Population(net, prior, rows, one.Index, 1, 1, null, 1)[0]), Rows.Bits(one.Item)));
    }

    [Fact]
    public void Measures_stand_in_the_order_of_the_networks()
    {
        Architecture net = Architecture.Parse("2-16-tanh-1");
        var population = new Population(net, WeightPrior.Parse("he-normal"), 9);
        Rows rows = Rows.Normal(50, 2);
        using NativeBuffer<float> points = Points(rows);
        Strided<float> x = Strided<float>.RowMajor(points, 50, 2);
        float[][] values = Population(net, WeightPrior.Parse("he-normal"), rows, 4, 40, 1, null, 1);
        (int Network, uint Sum)[] measures = population.Measure(new Team(3), x, 4, 40, (network, outputs) => (network, Hash(outputs)));
        Assert.Equal(Enumerable.Range(4, 40), measures.Select(measure => measure.Network));
        Assert.Equal(values.Select(row => Hash(row)), measures.Select(measure => measure.Sum));
    }

    [Fact]
    public void No_networks_and_no_points_are_fine()
    {
        var population = new Population(Architecture.Parse("2-16-tanh-1"), WeightPrior.Parse("he-normal"), 9);
        using var points = new NativeBuffer<float>(0);
        Strided<float> none = Strided<float>.RowMajor(points, 0, 2);
        Assert.Empty(population.Measure(new Team(2), none, 0, 0, (_, _) => 1));
        Assert.Equal([0L, 0L], population.Measure(new Team(2), none, 0, 2, (_, outputs) => outputs.Rows));
    }

    [Fact]
    public void A_cancelled_population_stops_between_networks()
    {
        var population = new Population(Architecture.Parse("2-16-tanh-1"), WeightPrior.Parse("he-normal"), 9);
        using NativeBuffer<float> points = Points(Rows.Normal(50, 2));
        Strided<float> x = Strided<float>.RowMajor(points, 50, 2);
        using var source = new CancellationTokenSource();
        int measured = 0;
        Assert.Throws<OperationCanceledException>(() => population.Measure(new Team(1, source.Token), x, 0, 1000, (network, _) =>
        {
            measured++;
            if (network == 7)
            {
                source.Cancel();
            }

            return 0;
        }));
        Assert.Equal(8, measured);
    }

    [Fact]
    public void A_failing_measure_is_the_callers()
    {
        var population = new Population(Architecture.Parse("2-16-tanh-1"), WeightPrior.Parse("he-normal"), 9);
        using NativeBuffer<float> points = Points(Rows.Normal(50, 2));
        Strided<float> x = Strided<float>.RowMajor(points, 50, 2);
        Assert.Throws<FormatException>(() => population.Measure<int>(new Team(2), x, 0, 10, (_, _) => throw new FormatException()));
    }

    [Fact]
    public void Matrices_that_do_not_fit_are_refused()
    {
        var population = new Population(Architecture.Parse("2-16-tanh-3"), WeightPrior.Parse("he-normal"), 9);
        using var buffer = new NativeBuffer<float>(100);
        Strided<float> x = Strided<float>.RowMajor(buffer, 5, 3), y = Strided<float>.RowMajor(buffer, 2, 15);
        Assert.Contains("[n × 2]", Assert.Throws<ArgumentException>(() => population.Evaluate(new Team(1), x, 0, 2, y)).Message, StringComparison.Ordinal);
        Strided<float> points = Strided<float>.RowMajor(buffer, 4, 2);
        Assert.Contains("[2 × 12]", Assert.Throws<ArgumentException>(() => population.Evaluate(new Team(1), points, 0, 2, y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => population.Measure(new Team(1), points, -1, 2, (_, _) => 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => population.Measure(new Team(1), points, int.MaxValue, 1, (_, _) => 0));
    }

    [Fact]
    public void Infinite_and_undefined_points_stay_with_themselves()
    {
        Architecture net = Architecture.Parse("2-33-ln-relu-gated(17-tanh)-res(17-sin-17)-1");
        Rows rows = Rows.Normal(70, 2);
        float[] clean = Population(net, WeightPrior.Parse("he-normal"), rows, 0, 1, 1, null, 1)[0];
        (rows[5][0], rows[40][1], rows[69][0]) = (float.NaN, float.PositiveInfinity, 1e38f);
        float[] values = Population(net, WeightPrior.Parse("he-normal"), rows, 0, 1, 1, null, 1)[0];
        Assert.True(float.IsNaN(values[5]));
        Assert.True(float.IsNaN(values[40]));
        int[] others = [.. Enumerable.Range(0, 70).Except([5, 40, 69])];
        Assert.Equal(Rows.Bits([.. others.Select(i => clean[i])]), Rows.Bits([.. others.Select(i => values[i])]));
    }

    private static void AssertSame(Architecture net, WeightPrior prior, int points, int threads, int? panels, double inputScale)
    {
        const int from = 2, count = 3;
        Rows rows = Rows.Normal(points, net.InputCount);
        float[][] values = Population(net, prior, rows, from, count, threads, panels, inputScale);
        using NativeBuffer<float> x = Points(rows), y = new((long)points * net.OutputCount);
        for (int i = 0; i < count; i++)
        {
            DenseNetwork.Materialise(net, prior, 9, from + i, inputScale).Forward(
                Team.Single, Strided<float>.RowMajor(x, points, net.InputCount), Strided<float>.RowMajor(y, points, net.OutputCount));
            Assert.Equal(Rows.Bits(y.Span(0, points * net.OutputCount).ToArray()), Rows.Bits(values[i]));
        }
    }

    private static float[][] Population(Architecture net, WeightPrior prior, Rows rows, int from, int count, int threads, int? panels, double inputScale)
    {
        Population population = panels is { } some ? new(net, prior, 9, inputScale) { PanelsAtATime = some } : new(net, prior, 9, inputScale);
        int length = rows.Count * net.OutputCount;
        using NativeBuffer<float> x = Points(rows), y = new((long)count * length);
        population.Evaluate(
            new Team(threads), Strided<float>.RowMajor(x, rows.Count, net.InputCount), from, count, Strided<float>.RowMajor(y, count, length));
        return [.. Enumerable.Range(0, count).Select(i => y.Span((long)i * length, length).ToArray())];
    }

    private static NativeBuffer<float> Points(Rows rows)
    {
        int columns = rows.Count == 0 ? 0 : rows.Columns;
        var buffer = new NativeBuffer<float>((long)rows.Count * columns);
        rows.Read([.. Enumerable.Range(0, rows.Count)], Strided<float>.RowMajor(buffer, rows.Count, columns));
        return buffer;
    }

    private static uint Hash(Strided<float> outputs) => Hash(new ReadOnlySpan<float>(outputs.Pointer, (int)(outputs.Rows * outputs.Columns)));

    private static uint Hash(ReadOnlySpan<float> values)
    {
        uint hash = 2166136261;
        foreach (float value in values)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 16777619;
        }

        return hash;
    }
}

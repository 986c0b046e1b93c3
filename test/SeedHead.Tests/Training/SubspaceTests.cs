using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class SubspaceTests
{
    private const int Dimensions = 6;
    private static readonly Architecture Net = Architecture.Parse("6x6x2-conv4@3b-bn-relu-flatten-3");

    [Fact]
    public void Its_columns_are_orthonormal()
    {
        double[][] columns = Columns(out double[] origin);
        Assert.Equal(ParameterTensor.Of(Net).Sum(tensor => tensor.Count), origin.Length);
        for (int a = 0; a < Dimensions; a++)
        {
            for (int b = 0; b < Dimensions; b++)
            {
                Assert.Equal(a == b ? 1 : 0, columns[a].Zip(columns[b], (x, y) => x * y).Sum(), 1e-5);
            }
        }

        double[] sizes = [.. columns.Select(column => column.Count(value => value != 0) / (double)origin.Length)];
        Assert.Equal(1, sizes.Sum(), 1e-12); // every number lies in one
        Assert.All(sizes, size => Assert.InRange(size, 1.0 / 6 - 0.09, 1.0 / 6 + 0.09)); // five standard errors
    }

    [Fact]
    public void It_starts_at_the_numbers_of_the_seed_and_moves_along_its_columns()
    {
        double[][] columns = Columns(out double[] origin);
        using var built = new Built(Net, "subspace:6");
        using var all = new Built(Net, "all");
        Assert.Equal(all.Values, built.Values);
        float[] z = [0.5f, -1, 2, 0.25f, 0, -3];
        built.Learned[0].SetLearned(z);
        Assert.All(built.Values, (value, i) => Assert.Equal(origin[i] + columns.Select((column, c) => column[i] * z[c]).Sum(), value, 1e-6));
    }

    [Fact]
    public void The_gradient_is_that_of_all_numbers_along_its_columns()
    {
        double[][] columns = Columns(out _);
        using var built = new Built(Net, "subspace:6");
        var draw = new Draw(2);
        var slopes = new List<double>();
        foreach (Parameter parameter in built.Modules.Parameters)
        {
            for (int i = 0; i < parameter.Gradient.Length; i++)
            {
                parameter.Gradient[i] = draw.Float();
                slopes.Add(parameter.Gradient[i]);
            }
        }

        built.Learned[0].TakeGradient();
        Assert.All(built.Learned[0].Gradient.ToArray(), (value, c) => Assert.Equal(columns[c].Zip(slopes, (x, y) => x * y).Sum(), value, 1e-5));
    }

    // Moves by one factor at a time.
    private static double[][] Columns(out double[] origin)
    {
        using var built = new Built(Net, $"subspace:{Dimensions}");
        double[] start = origin = [.. built.Values.Select(value => (double)value)];
        return [.. Enumerable.Range(0, Dimensions).Select(c =>
        {
            var z = new float[Dimensions];
            z[c] = 1;
            built.Learned[0].SetLearned(z);
            return built.Values.Zip(start, (value, first) => value - first).ToArray();
        })];
    }
}

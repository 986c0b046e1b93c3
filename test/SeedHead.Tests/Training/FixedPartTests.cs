using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class FixedPartTests
{
    private static readonly Architecture Net = Architecture.Parse("6x6x2-conv6@3b-bn-relu-conv8@3-bn-relu-gap-3");
    private static readonly Initialisation Priors = Initialisation.Parse("lecun-normal+bias-normal:0.3");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string part in new[] { "filters:0.5+bn+fc", "all", "mask:0.5", "mask:0.5+fc", "subspace:20", "subspace:5+mask:0.3+bn", "filters:1@in" })
            {
                foreach (string numbers in Enum.GetNames<FixedNumbers>().Where(name => name != "Zero" || !part.Contains("mask", StringComparison.Ordinal)))
                {
                    cases.Add(part, numbers);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_is_learned_does_not_touch_the_hash_and_the_seed_gives_it_again(string part, string numbers)
    {
        FixedNumbers fixedNumbers = Enum.Parse<FixedNumbers>(numbers);
        using var built = new Built(Net, part, fixedNumbers);
        string before = FixedPart.Hash(built.Modules.Parameters);
        float[] values = built.Values;
        foreach (LearnedNumbers learned in built.Learned)
        {
            learned.SetLearned([.. Enumerable.Range(0, (int)learned.LearnedCount).Select(i => 0.01f * i)]);
        }

        Assert.NotEqual(values, built.Values);
        Assert.Equal(before, FixedPart.Hash(built.Modules.Parameters));
        Assert.Equal(before, FixedPart.HashOfSeed(new Team(2), built.Modules.Parameters, Priors, 7, fixedNumbers));
        if (part != "all")
        {
            string other = FixedPart.HashOfSeed(new Team(2), built.Modules.Parameters, Priors, 8, fixedNumbers);
            Assert.Equal(fixedNumbers == FixedNumbers.Zero, before == other);
            Parameter some = built.Modules.Parameters.First(parameter => parameter.FixedRuns.Any(run => run.Length > 0));
            some.Fixed.Pointer[some.FixedRuns.First(run => run.Length > 0).Start] += 1;
            Assert.NotEqual(before, FixedPart.Hash(built.Modules.Parameters));
        }
    }

    [Fact]
    public void Signed_constants_have_the_deviation_of_the_prior_and_leave_biases_norms_and_learned_numbers_alone()
    {
        using Built random = new(Net, "filters:0.5+fc"), signs = new(Net, "filters:0.5+fc", FixedNumbers.SignedConstant);
        foreach ((Parameter drawn, Parameter constant) in random.Modules.Parameters.Zip(signs.Modules.Parameters))
        {
            float[] a = Built.Of(drawn), b = Built.Of(constant);
            int outputs = drawn.Tensor.Outputs;
            for (int i = 0; i < a.Length; i++)
            {
                bool isFixed = drawn.Tensor.Kind == ParameterKind.Filters && i % outputs < outputs / 2;
                Assert.Equal(isFixed ? Math.Sqrt(1.0 / drawn.Tensor.Shape.FanIn) : Math.Abs(a[i]), Math.Abs(b[i]), 1e-7);
                Assert.True(isFixed || a[i].Equals(b[i]));
            }
        }
    }

    [Fact]
    public void Signed_constants_under_a_mask_are_all_of_one_size()
    {
        using var built = new Built(Net, "mask:0.25", FixedNumbers.SignedConstant);
        float[] filters = Built.Of(built.Modules.Parameters.First());
        Assert.All(filters.Where(value => value != 0), value => Assert.Equal(2 * Math.Sqrt(1.0 / 18), Math.Abs(value), 1e-6)); // √(1/K) = 2
        Assert.Equal(27, filters.Count(value => value != 0)); // a quarter of 108
        Assert.Contains(filters, value => value > 0);
        Assert.Contains(filters, value => value < 0);
    }
}

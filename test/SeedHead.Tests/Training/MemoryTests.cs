using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class MemoryTests
{
    [Theory]
    [InlineData("Sgd", 1)]
    [InlineData("Adam", 2)]
    public void Gradients_and_optimiser_state_of_a_wide_network_are_as_large_as_what_is_learned(string kind, int buffers)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("wrn-28-10/10"));
        var selections = LearnedPart.Parse("filters:0.07+bn+fc").Of(tensors).Selections;
        Parameter[] parameters = [.. tensors.Zip(selections, (tensor, selection) => new Parameter(tensor, selection))];
        using Optimiser optimiser = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), parameters, 0.9, 5e-4);
        long total = tensors.Sum(tensor => tensor.Count), learned = parameters.Sum(parameter => parameter.LearnedCount);
        long numbers = parameters.Sum(parameter => (long)parameter.Gradient.Length) + optimiser.State.Sum(state => state.Values.Length);
        Array.ForEach(parameters, parameter => parameter.Dispose());
        Assert.Equal(36_479_194, total); // Rosenfeld & Tsotsos (2018): WRN-28-10
        Assert.Equal((1 + buffers) * learned, numbers);
        Assert.True(numbers <= 0.07 * (1 + buffers) * total, $"{numbers} of {(1 + buffers) * total}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropout_and_scale_have_the_same_bits_in_place(bool training)
    {
        var extent = new Extent(37, null);
        var pass = new Pass(new Team(2), 1000, training, Seed: 3, Step: 7);
        float[] x = new Draw(1).Floats(37_000), dy = new Draw(2).Floats(37_000);
        foreach (Module module in new Module[] { new DropoutModule(extent, 0.3, 1), new ScaleModule(extent, 0.3f) })
        {
            using (module)
            {
                float[] y = new float[x.Length], dx = new float[x.Length], inPlace = [.. x], back = [.. dy];
                fixed (float* px = x, py = y, pdy = dy, pdx = dx, pi = inPlace, pb = back)
                {
                    module.Forward(pass, px, py);
                    module.Backward(pass, px, pdy, pdx);
                    module.Forward(pass, pi, pi);
                    module.Backward(pass, pi, pb, pb);
                }

                Assert.True(module.InPlace);
                Assert.Equal(y, inPlace);
                Assert.Equal(dx, back);
                Assert.Equal(module is DropoutModule && !training, x.SequenceEqual(y));
            }
        }
    }
}

using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

/// <summary>A network of which a part is learned, for tests.</summary>
internal sealed unsafe class Built : IDisposable
{
    public Built(Architecture net, string learned, FixedNumbers fixedNumbers = FixedNumbers.Random, string prior = "lecun-normal+bias-normal:0.3", ulong seed = 7) =>
        (Modules, Learned) = NetworkBuilder.Build(net, LearnedPart.Parse(learned).Of(ParameterTensor.Of(net)), Initialisation.Parse(prior), seed, fixedNumbers);

    public SequenceModule Modules { get; }

    public IReadOnlyList<LearnedNumbers> Learned { get; }

    /// <summary>All numbers that modules read.</summary>
    public float[] Values => [.. Modules.Parameters.SelectMany(Of)];

    /// <summary>All numbers of a tensor.</summary>
    public static float[] Of(Parameter parameter) => new ReadOnlySpan<float>(parameter.Start, (int)parameter.Tensor.Count).ToArray();

    public void Dispose()
    {
        Modules.Dispose();
        foreach (LearnedNumbers numbers in Learned)
        {
            numbers.Dispose();
        }
    }
}

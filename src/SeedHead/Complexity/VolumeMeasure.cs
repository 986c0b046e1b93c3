using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Complexity;

/// <summary>ln of the prior probability of a network's star-shaped neighbourhood (<see cref="LocalVolume"/>): 10 directions, ε = 0.01, a grid of 12 points an axis. Larger is simpler.</summary>
internal sealed class VolumeMeasure : IWeightMeasure
{
    public const string Word = "volume";

    private const int Directions = 10, Side = 12;
    private const double Divergence = 0.01;

    public string Name => Word;

    public string Meaning => "log of the prior probability of the weights around that give nearly the same function: larger is simpler";

    public Sampling Sampling => Sampling.UniformGrid;

    public int LeastSide => 2;

    public ComplexityValue Of(FunctionValues values) => ComplexityValue.Undefined(UndefinedCause.NotResolved);

    public ComplexityValue Of(Architecture net, WeightPrior prior, ulong seed, int network) => new LocalVolume(net, prior, seed).Of(
        Team.Single, Places.Of(Sampling, Side, net.InputCount, seed, network).Positions, network, Directions, Divergence);
}

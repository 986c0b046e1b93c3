using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>A part of a network. It reads x and writes y, which do not overlap: both matrices whose columns lie side by side, or both panels (<see cref="Panel"/>).</summary>
internal abstract unsafe class Stage(int outputs)
{
    /// <summary>Numbers written a row.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>Numbers a row that <see cref="Forward"/> needs besides x and y.</summary>
    public abstract long Room { get; }

    /// <summary>Gives the stage the numbers of a network.</summary>
    public abstract void Draw(in NetworkDraw draw);

    /// <summary>Writes the outputs [n × Outputs] of every row of x. Allocates nothing on one thread.</summary>
    /// <param name="team">Who computes; one thread for a panel.</param>
    /// <param name="x">[n × inputs].</param>
    /// <param name="y">[n × Outputs].</param>
    /// <param name="room">n · Room numbers.</param>
    public abstract void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room);

    /// <summary>A matrix at <paramref name="at"/> of as many rows as y and of its kind.</summary>
    protected static Strided<float> Like(Strided<float> y, float* at, int columns) =>
        Panel.Is(y) ? Panel.At(at, columns) : Strided<float>.RowMajor(at, y.Rows, columns);
}

/// <summary>Whose numbers to draw. BallFactor is <see cref="WeightPrior.BallFactor"/> of the whole network.</summary>
internal readonly record struct NetworkDraw(WeightPrior Prior, WeightStream Stream, int Network, double BallFactor)
{
    /// <summary>The numbers of one network of these stages.</summary>
    public static NetworkDraw Of(IEnumerable<StagePlan> plans, WeightPrior prior, ulong seed, int network)
    {
        var stream = new WeightStream(seed);
        return new(prior, stream, network, prior.BallFactor(stream, network, plans.SelectMany(plan => plan.Shapes)));
    }
}

/// <summary>
/// Memory for the weights of stages, handed out from the front; <paramref name="panels"/> tells for which kind of matrices. Maps of more than
/// <paramref name="mostStored"/> weights get none.
/// </summary>
internal sealed unsafe class StageMemory(float* start, bool panels, long mostStored = long.MaxValue)
{
    private float* next = start;

    public bool Panels { get; } = panels;

    /// <summary>Room for the weights of a map, or null: then they are generated whenever they are needed.</summary>
    public float* Take(LayerShape shape)
    {
        if (shape.Weights > mostStored)
        {
            return null;
        }

        float* taken = next;
        next += shape.Weights;
        return taken;
    }
}

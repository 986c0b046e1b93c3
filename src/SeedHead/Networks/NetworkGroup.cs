using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Networks of one architecture with consecutive numbers, whose first layers are one matrix product.</summary>
internal sealed unsafe class NetworkGroup : IDisposable
{
    private const int RowsAtATime = 512; // any value gives the same numbers, as do the next two
    private const long MostFirstWeights = 1 << 22;
    private const int MostUnits = 8192;

    private readonly NativeBuffer<float> owner;
    private readonly DenseStage first;
    private readonly DenseNetwork?[] rest;
    private readonly int units;
    private readonly int outputs;

    /// <summary>Makes the weights of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1, whose first stage is a dense one.</summary>
    public NetworkGroup(Team team, IReadOnlyList<StagePlan> plans, WeightPrior prior, ulong seed, int from, int count)
    {
        (units, outputs) = (plans[0].Outputs, plans[^1].Outputs);
        var plan = (DensePlan)plans[0];
        StagePlan[] behind = [.. plans.Skip(1)];
        long restWeights = behind.Sum(rest => rest.Weights), firstWeights = plan.Weights * count;
        owner = new NativeBuffer<float>(firstWeights + (restWeights * count));
        Strided<float> weights = Strided<float>.RowMajor(owner.Pointer, plan.Inputs, (long)count * units);
        var biases = new float[count * units];
        rest = new DenseNetwork?[count];
        team.For(count, i =>
        {
            NetworkDraw draw = NetworkDraw.Of(plans, prior, seed, from + i);
            DenseMap.Fill(draw, plan.Shape!.Value, plan.InputScale, weights.Block(0, (long)i * units, plan.Inputs, units));
            prior.FillBiases(draw.Stream, draw.Network, plan.Shape.Value, biases.AsSpan(i * units, units), draw.BallFactor);
            rest[i] = Rest(behind, draw, owner.Pointer + firstWeights + (restWeights * i));
        });
        first = new(new DenseMap(weights, biases), count * units, Tail.Of(plan.Tail));
    }

    /// <summary>How many networks to take together: so that the first layers' weights stay in a cache that cores share.</summary>
    public static int SizeFor(StagePlan first) => (int)Math.Max(1, Math.Min(MostFirstWeights / first.Weights, MostUnits / first.Outputs));

    /// <summary>Bytes of a group of <paramref name="size"/> networks while rows pass.</summary>
    public static long WorkingBytes(IReadOnlyList<StagePlan> plans, int size, int rows) =>
        sizeof(float) * size * (plans.Sum(plan => plan.Weights) + ((long)Math.Min(rows, RowsAtATime) * plans[0].Outputs));

    /// <summary>Writes the first columns of the networks' outputs side by side, network after network: as many as y has.</summary>
    public void Forward(Team team, Strided<float> x, Strided<float> y)
    {
        for (long row = 0; row < x.Rows; row += RowsAtATime)
        {
            long rows = Math.Min(RowsAtATime, x.Rows - row);
            Strided<float> hidden = Strided<float>.RowMajor(Scratch.Get<float>(Scratch.Slot.Group, rows * first.Outputs), rows, first.Outputs);
            first.Forward(team, x.Block(row, 0, rows, x.Columns), hidden, null);
            ForwardRest(team, hidden, y.Block(row, 0, rows, y.Columns));
        }

        GC.KeepAlive(owner);
    }

    public void Dispose() => owner.Dispose();

    private DenseNetwork? Rest(StagePlan[] plans, in NetworkDraw draw, float* room)
    {
        if (plans.Length == 0)
        {
            return null;
        }

        StageList stages = StagePlan.Build(plans, new StageMemory(room, panels: false));
        stages.Draw(draw);
        return new(stages, owner);
    }

    private void ForwardRest(Team team, Strided<float> hidden, Strided<float> y)
    {
        if (team.Alone)
        {
            for (int i = 0; i < rest.Length; i++)
            {
                ForwardRest(i, hidden, y);
            }
        }
        else
        {
            ForwardTogether(team, hidden, y);
        }
    }

    private void ForwardTogether(Team team, Strided<float> hidden, Strided<float> y) => team.For(rest.Length, i => ForwardRest(i, hidden, y));

    private void ForwardRest(int i, Strided<float> hidden, Strided<float> y)
    {
        Strided<float> x = hidden.Block(0, (long)i * units, hidden.Rows, units);
        long column = (long)i * outputs;
        long wanted = Math.Min(outputs, y.Columns - column);
        Strided<float> target = y.Block(0, column, y.Rows, wanted);
        if (rest[i] is not { } network)
        {
            DenseStage.Copy(x.Block(0, 0, x.Rows, wanted), target);
        }
        else if (wanted == outputs)
        {
            network.Forward(Team.Single, x, target);
        }
        else
        {
            Strided<float> whole = Strided<float>.RowMajor(Scratch.Get<float>(Scratch.Slot.Outputs, x.Rows * outputs), x.Rows, outputs);
            network.Forward(Team.Single, x, whole);
            DenseStage.Copy(whole.Block(0, 0, x.Rows, wanted), target);
        }
    }
}

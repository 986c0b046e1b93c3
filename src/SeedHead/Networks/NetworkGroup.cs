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

    /// <summary>Makes the weights of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1.</summary>
    public NetworkGroup(Team team, IReadOnlyList<StagePlan> plans, WeightPrior prior, ulong seed, double inputScale, int from, int count)
    {
        (units, outputs) = (plans[0].Outputs, plans[^1].Outputs);
        long restWeights = plans.Skip(1).Sum(plan => plan.Weights);
        long firstWeights = plans[0].Weights * count;
        owner = new NativeBuffer<float>(firstWeights + (restWeights * count));
        Strided<float> weights = Strided<float>.RowMajor(owner.Pointer, plans[0].Inputs, (long)count * units);
        var biases = new float[count * units];
        rest = new DenseNetwork?[count];
        team.For(count, i =>
        {
            Strided<float> own = weights.Block(0, (long)i * units, plans[0].Inputs, units);
            plans[0].Fill(prior, seed, from + i, inputScale, own, biases.AsSpan(i * units, units));
            rest[i] = Rest(plans, prior, seed, from + i, owner.Pointer + firstWeights + (restWeights * i));
        });
        first = new(weights, plans[0].Inputs, biases, plans[0].Tail);
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
            first.Forward(team, x.Block(row, 0, rows, x.Columns), hidden);
            ForwardRest(team, hidden, y.Block(row, 0, rows, y.Columns));
        }

        GC.KeepAlive(owner);
    }

    public void Dispose() => owner.Dispose();

    private DenseNetwork? Rest(IReadOnlyList<StagePlan> plans, WeightPrior prior, ulong seed, int network, float* room)
    {
        if (plans.Count == 1)
        {
            return null;
        }

        var stages = new DenseStage[plans.Count - 1];
        for (int i = 0; i < stages.Length; i++)
        {
            stages[i] = plans[i + 1].Materialise(prior, seed, network, 1, ref room);
        }

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

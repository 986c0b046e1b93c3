using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One sequence on its way through a network of tokens: the numbers of the present position, keys and values of those before.</summary>
internal sealed unsafe class TokenState : IDisposable
{
    private const int Alignment = 16;

    private readonly TokenPlan plan;
    private readonly TokenWeights weights;
    private readonly NativeBuffer<float> buffer;
    private readonly float* saved;
    private readonly float*[] kept;
    private readonly int stride;

    public TokenState(TokenPlan plan, TokenWeights weights)
    {
        (this.plan, this.weights, stride) = (plan, weights, Aligned(plan.Widest));
        buffer = new(Room(plan));
        X = buffer.Pointer;
        Spare = X + stride;
        saved = Spare + stride;
        Score = saved + plan.Nesting * stride;
        float* next = Score + Aligned(plan.Positions);
        kept = new float*[plan.Kept.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = next;
            next += 2L * Aligned(plan.Positions) * plan.Kept[i];
        }
    }

    /// <summary>Numbers that a state holds.</summary>
    public static long Room(TokenPlan plan) => ((2L + plan.Nesting) * Aligned(plan.Widest)) + Aligned(plan.Positions) + plan.Kept.Sum(width => 2L * Aligned(plan.Positions) * width);

    /// <summary>The present numbers.</summary>
    public float* X { get; private set; }

    /// <summary>Room for as many.</summary>
    public float* Spare { get; private set; }

    /// <summary>Room for one number a position.</summary>
    public float* Score { get; }

    /// <summary>t, the present position.</summary>
    public int Position { get; private set; }

    /// <summary>Forgets the sequence.</summary>
    public void Clear() => Position = 0;

    /// <summary>Reads the next token of the sequence.</summary>
    /// <returns>The logits of the token behind it; good until the next call.</returns>
    public ReadOnlySpan<float> Next(int token)
    {
        Strided<float> table = weights.Matrix(plan.Embedding);
        for (int i = 0; i < plan.Width; i++)
        {
            X[i] = table[i, token];
        }

        foreach (TokenStep step in plan.Steps)
        {
            step.Run(this);
        }

        MatrixVector.Multiply(X, 1, table, Spare);
        Position++;
        return new(Spare, plan.Tokens.Vocabulary);
    }

    public Span<float> Numbers(int count) => new(X, count);

    public Span<float> Saved(int level) => new(saved + (level * stride), stride);

    public Span<float> Scores(int count) => new(Score, count);

    public Strided<float> Matrix(TokenTensor tensor) => weights.Matrix(tensor);

    /// <summary>[D × T]: the keys of a position are a column.</summary>
    public Strided<float> Keys(int place) => new(kept[place], plan.Kept[place], plan.Positions, Aligned(plan.Positions), 1);

    /// <summary>[T × D].</summary>
    public Strided<float> Values(int place) => Strided<float>.RowMajor(kept[place] + ((long)Aligned(plan.Positions) * plan.Kept[place]), plan.Positions, plan.Kept[place]);

    public void Swap()
    {
        float* x = X;
        X = Spare;
        Spare = x;
    }

    public void Dispose() => buffer.Dispose();

    private static int Aligned(int count) => (count + Alignment - 1) / Alignment * Alignment;
}

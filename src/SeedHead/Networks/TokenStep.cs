using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One step of a network of tokens at one position: changes the numbers of the state in place.</summary>
internal abstract class TokenStep
{
    public abstract void Run(TokenState state);
}

/// <summary>x ← x + row t of the table, t the position.</summary>
internal sealed unsafe class PositionStep(TokenTensor table) : TokenStep
{
    public override void Run(TokenState state) => Elementwise.Add(state.Numbers(table.Outputs), state.Matrix(table).Row(state.Position));
}

/// <summary>Layer norm.</summary>
internal sealed class NormStep(int width) : TokenStep
{
    public override void Run(TokenState state) => LayerNorm.Row(state.Numbers(width));
}

/// <summary>x ← factor·x.</summary>
internal sealed class ScaleStep(int width, float factor) : TokenStep
{
    public override void Run(TokenState state) => Elementwise.Multiply(state.Numbers(width), factor);
}

/// <summary>x ← φ(x).</summary>
internal sealed class ActivationStep(int width, Activation activation) : TokenStep
{
    public override void Run(TokenState state) => activation.Apply(state.Numbers(width));
}

/// <summary>x ← Wx.</summary>
internal sealed unsafe class MapStep(TokenTensor weights) : TokenStep
{
    public override void Run(TokenState state)
    {
        MatrixVector.Multiply(state.X, 1, state.Matrix(weights), state.Spare);
        state.Swap();
    }
}

/// <summary>Keeps x for <see cref="AddSavedStep"/>.</summary>
internal sealed class SaveStep(int width, int level) : TokenStep
{
    public override void Run(TokenState state) => state.Numbers(width).CopyTo(state.Saved(level));
}

/// <summary>x ← x + what was kept.</summary>
internal sealed class AddSavedStep(int width, int level) : TokenStep
{
    public override void Run(TokenState state) => Elementwise.Add(state.Numbers(width), state.Saved(level)[..width]);
}

/// <summary>Causal attention: keys and values of the positions before are kept.</summary>
/// <param name="joined">[D × 3D]: queries, keys, values, each head by head.</param>
/// <param name="after">[D × D], behind the heads.</param>
/// <param name="heads">H.</param>
/// <param name="place">Which of the state's memories is used.</param>
internal sealed unsafe class AttentionStep(TokenTensor joined, TokenTensor after, int heads, int place) : TokenStep
{
    private readonly int width = after.Inputs;
    private readonly int size = after.Inputs / heads;
    private readonly float factor = (float)(1 / Math.Sqrt((double)after.Inputs / heads));

    public override void Run(TokenState state)
    {
        float* query = state.Spare;
        MatrixVector.Multiply(state.X, 1, state.Matrix(joined), query);
        Strided<float> keys = state.Keys(place), values = state.Values(place); // [D × T], [T × D]
        for (int i = 0; i < width; i++)
        {
            keys[i, state.Position] = query[width + i];
            values[state.Position, i] = query[2 * width + i];
        }

        int seen = state.Position + 1;
        for (int head = 0; head < heads; head++)
        {
            int from = head * size;
            Span<float> scores = state.Scores(seen);
            MatrixVector.Multiply(query + from, 1, keys.Block(from, 0, size, seen), state.Score);
            Elementwise.Multiply(scores, factor);
            Softmax.Row(scores);
            MatrixVector.Multiply(state.Score, 1, values.Block(0, from, seen, size), state.X + from);
        }

        MatrixVector.Multiply(state.X, 1, state.Matrix(after), state.Spare);
        state.Swap();
    }
}

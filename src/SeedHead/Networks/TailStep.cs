using System.Buffers;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>A layer without weights, applied in place to one row, or to a panel.</summary>
internal abstract class TailStep
{
    public static TailStep Of(Layer layer) => layer switch
    {
        ActivationLayer activation => new ActivationStep(activation.Activation),
        ScaleLayer scale => new ScaleStep((float)scale.Factor),
        LayerNormLayer => new NormStep(),
        ResidualLayer { Parts: [ActivationLayer activation], Shortcut: [] } => new ResidualActivationStep(activation.Activation),
        ResidualLayer residual => new ResidualStep(Tail.Of(residual.Parts), Tail.Of(residual.Shortcut)),
        _ => throw new InvalidOperationException($"{layer} has weights."),
    };

    /// <summary>Whether every number changes by itself.</summary>
    public virtual bool TakesNumbers => true;

    public abstract void Apply(Span<float> row);

    public abstract void Apply(in Strided<float> panel);

    /// <summary>Adds the biases first.</summary>
    public virtual void Apply(in Strided<float> panel, float[] biases)
    {
        Panel.Add(biases, panel);
        Apply(panel);
    }

    private sealed class ActivationStep(Activation activation) : TailStep
    {
        public override void Apply(Span<float> row) => activation.Apply(row);

        public override void Apply(in Strided<float> panel) => activation.Apply(panel, [], adding: false);

        public override void Apply(in Strided<float> panel, float[] biases) => activation.Apply(panel, biases, adding: false);
    }

    /// <summary>x + φ(x) without a copy of x.</summary>
    private sealed class ResidualActivationStep(Activation activation) : TailStep
    {
        public override void Apply(Span<float> row) => activation.ApplyAdding(row);

        public override void Apply(in Strided<float> panel) => activation.Apply(panel, [], adding: true);

        public override void Apply(in Strided<float> panel, float[] biases) => activation.Apply(panel, biases, adding: true);
    }

    private sealed class ScaleStep(float factor) : TailStep
    {
        public override void Apply(Span<float> row) => Elementwise.Multiply(row, factor);

        public override void Apply(in Strided<float> panel) => Elementwise.Multiply(Panel.Numbers(panel), factor);
    }

    private sealed unsafe class NormStep : TailStep
    {
        public override bool TakesNumbers => false;

        public override void Apply(Span<float> row) => LayerNorm.Row(row);

        public override void Apply(in Strided<float> panel) => LayerNorm.Points(panel.Pointer, checked((int)panel.Columns));
    }

    private sealed unsafe class ResidualStep(Tail branch, Tail shortcut) : TailStep
    {
        public override bool TakesNumbers => branch.TakesNumbers && shortcut.TakesNumbers;

        public override void Apply(Span<float> row)
        {
            float[] rented = ArrayPool<float>.Shared.Rent(row.Length);
            Span<float> added = rented.AsSpan(0, row.Length);
            row.CopyTo(added);
            branch.Apply(added);
            shortcut.Apply(row);
            Elementwise.Add(row, added);
            ArrayPool<float>.Shared.Return(rented);
        }

        public override void Apply(in Strided<float> panel)
        {
            Span<float> numbers = Panel.Numbers(panel);
            float[] rented = ArrayPool<float>.Shared.Rent(numbers.Length);
            fixed (float* added = rented)
            {
                numbers.CopyTo(rented);
                branch.ApplyToPanel(Panel.At(added, panel.Columns), null);
                shortcut.ApplyToPanel(panel, null);
                Elementwise.Add(numbers, rented.AsSpan(0, numbers.Length));
            }

            ArrayPool<float>.Shared.Return(rented);
        }
    }
}

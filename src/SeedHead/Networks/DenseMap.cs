using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>
/// W and b of one layer: the weights as a matrix [inputs × outputs], packed for panels, or generated inside of each product. The memory belongs to somebody who outlives it.
/// </summary>
internal sealed unsafe class DenseMap
{
    private readonly LayerShape shape;
    private readonly double inputScale;
    private readonly Strided<float> weights; // of panels: the first units alone; without memory where they are generated
    private readonly float[] biases;
    private readonly bool panels, readsZeros;
    private PanelGenerator<float>? generator;
    private bool biased, sparse;

    /// <summary>A map without numbers yet; what it reads is multiplied by <paramref name="inputScale"/>, and may be zero in whole panels.</summary>
    public DenseMap(LayerShape shape, double inputScale, bool readsZeros, StageMemory memory)
    {
        (this.shape, this.inputScale, this.readsZeros, panels) = (shape, inputScale, readsZeros, memory.Panels);
        weights = Strided<float>.RowMajor(memory.Take(shape), shape.FanIn, shape.FanOut);
        biases = new float[shape.FanOut];
    }

    /// <summary>A map of given numbers.</summary>
    public DenseMap(Strided<float> weights, float[] biases)
    {
        (this.weights, this.biases) = (weights, biases);
        biased = IsBiased();
    }

    /// <summary>The biases, or null where all are 0: then nothing is added.</summary>
    public float[]? Biases => biased ? biases : null;

    public void Draw(in NetworkDraw draw)
    {
        if (weights.Pointer == null)
        {
            NetworkDraw own = draw;
            generator = (input, unit, part) => Fill(own, shape, inputScale, part, checked((int)unit), checked((int)input));
        }
        else if (panels)
        {
            FillPacked(draw);
        }
        else
        {
            Fill(draw, shape, inputScale, weights);
        }

        draw.Prior.FillBiases(draw.Stream, draw.Network, shape, biases, draw.BallFactor);
        biased = IsBiased();
        sparse = readsZeros && panels && !biases.Contains(0) && Elementwise.AreFinite(new(weights.Pointer, checked((int)shape.Weights)));
    }

    /// <summary>Writes weights [inputs × outputs] of a layer, multiplied by what the forward pass and the input scale ask for.</summary>
    public static void Fill(in NetworkDraw draw, LayerShape shape, double inputScale, Strided<float> weights, int firstUnit = 0, int firstInput = 0)
    {
        draw.Prior.FillWeights(draw.Stream, draw.Network, shape, weights, firstUnit, draw.BallFactor, firstInput);
        float factor = (float)(draw.Prior.ForwardScale(shape.FanIn) * inputScale);
        for (long i = 0; factor != 1 && i < weights.Rows; i++)
        {
            Elementwise.Multiply(weights.Row(i), factor);
        }
    }

    /// <summary>y = x·W, without biases, and then the epilogue; panels have none.</summary>
    public void Multiply(Team team, in Strided<float> x, in Strided<float> y, Epilogue<float>? epilogue = null)
    {
        if (generator is not null)
        {
            MatrixProduct.Multiply(team, x, generator, y, epilogue);
        }
        else if (epilogue is not null)
        {
            MatrixProduct.Multiply(team, x, weights, y, epilogue);
        }
        else if (sparse)
        {
            Panel.MultiplyLive(x, weights.Pointer, y);
        }
        else if (panels)
        {
            Panel.Multiply(x, weights.Pointer, y);
        }
        else
        {
            MatrixProduct.Multiply(team, x, weights, y);
        }
    }

    private bool IsBiased() => biases.AsSpan().ContainsAnyExcept(0f);

    private void FillPacked(in NetworkDraw draw)
    {
        if (!draw.Prior.DrawsWholeLayers)
        {
            for (int unit = 0; unit < shape.FanOut; unit += Panel.Units)
            {
                Fill(draw, shape, inputScale, Packed(unit), unit);
            }

            return;
        }

        Strided<float> whole = Strided<float>.RowMajor(Scratch.Get<float>(Scratch.Slot.Unpacked, shape.Weights), shape.FanIn, shape.FanOut);
        Fill(draw, shape, inputScale, whole);
        for (int unit = 0; unit < shape.FanOut; unit += Panel.Units)
        {
            Strided<float> units = Packed(unit);
            for (int i = 0; i < shape.FanIn; i++)
            {
                whole.Row(i).Slice(unit, (int)units.Columns).CopyTo(units.Row(i));
            }
        }
    }

    private Strided<float> Packed(int unit) => Panel.PackedUnits(weights.Pointer, shape.FanIn, shape.FanOut, unit);
}

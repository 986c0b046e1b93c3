namespace SeedHead.Compute;

/// <summary>
/// The gradient to the weights of a convolution: for each block of images a chain over its pixels, the blocks added in order. Blocks, and panels
/// of filters within a block, are computed side by side, each into memory of its own.
/// </summary>
internal abstract unsafe class TapGradient(ConvolutionShape shape, Strided<float> gradient, TapGradient.Panel[] panels, int rows, int width)
{
    private const long WaveBytes = 48 << 20;
    private const long SerialWork = 1 << 20;

    protected ConvolutionShape Shape => shape;

    /// <summary>Numbers between the sums of a weight's row and the next within a panel.</summary>
    protected int Width => width;

    protected Panel PanelAt(int panel) => panels[panel];

    /// <summary>Where a panel's sums lie in the sums of a block: [rows of weights × width].</summary>
    protected nint PanelStart(int panel) => (nint)panel * rows * width;

    public void Run(Team team, long images)
    {
        int blockImages = Convolution.BlockImages(shape), blocks = checked((int)((images + blockImages - 1) / blockImages));
        long size = (long)panels.Length * rows * width;
        if (blocks == 0 || shape.OutPixels == 0 || size == 0)
        {
            Clear();
            return;
        }

        Team runners = (double)images * shape.OutPixels * size < SerialWork ? new Team(1, team.Cancellation) : team;
        int wave = (int)Math.Clamp(WaveBytes / sizeof(float) / size, 1, blocks);
        float* sums = Scratch.Get<float>(Scratch.Slot.TapPartials, wave * size);
        for (int first = 0; first < blocks; first += wave)
        {
            int from = first, count = Math.Min(wave, blocks - first);
            int splits = runners.Alone ? 1 : Math.Clamp((4 * runners.Threads + count - 1) / count, 1, panels.Length);
            runners.For(count * splits, task =>
            {
                int block = task / splits, split = task % splits;
                long image = (long)(from + block) * blockImages;
                Compute(
                    image, (int)Math.Min(blockImages, images - image), (int)((long)panels.Length * split / splits),
                    (int)((long)panels.Length * (split + 1) / splits), sums + block * size);
            });
            runners.For(panels.Length, panel => AddBlocks(panel, sums, size, count, from == 0));
        }
    }

    /// <summary>The chains of some panels over a block of images.</summary>
    protected abstract void Compute(long firstImage, int images, int fromPanel, int toPanel, float* sums);

    /// <summary>gradient (+)= the sums of some blocks, in order.</summary>
    private void AddBlocks(int panel, float* sums, long size, int blocks, bool first)
    {
        Panel columns = panels[panel];
        float* from = sums + PanelStart(panel);
        for (int row = 0; row < rows; row++, from += width)
        {
            Span<float> to = gradient.Row(row).Slice(columns.First, columns.Count);
            for (int block = 0; block < blocks; block++)
            {
                var sum = new ReadOnlySpan<float>(from + block * size, columns.Count);
                if (first && block == 0)
                {
                    sum.CopyTo(to);
                }
                else
                {
                    Elementwise.Add(to, sum);
                }
            }
        }
    }

    private void Clear()
    {
        for (long row = 0; row < gradient.Rows; row++)
        {
            gradient.Row(row).Clear();
        }
    }

    /// <summary>Columns First … First + Count − 1 of the gradient, whose filters belong to one group (or, in lanes, to any).</summary>
    internal readonly record struct Panel(int Group, int First, int Count);
}

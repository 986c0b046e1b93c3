namespace SeedHead.Compute;

/// <summary>Convolution of images with filters, as neural networks mean it (no filter is flipped), and its two gradients, in float32.</summary>
/// <remarks>
/// <para>Images lie pixel by pixel, row by row, image by image: a matrix [images·Height·Width × Channels] whose rows may lie further apart than
/// their length (some channels of a wider buffer). Weights are a matrix [KernelHeight·KernelWidth·GroupChannels × Filters].</para>
/// <para>With x outside of the image absent, (i, j) a pixel of the result, (r, s) a place in the kernel and c a channel of filter f's group:</para>
/// <para>y[n, i, j, f] = b[f] + Σ_(r, s, c) x[n, i·stride + r − padding, j·stride + s − padding, c]·w[(r, s, c), f].</para>
/// <para>dx[n, y, x, c] = Σ_(i, j, f) dy[n, i, j, f]·w[(y + padding − i·stride, x + padding − j·stride, c), f].</para>
/// <para>dw[(r, s, c), f] = Σ_(n, i, j) x[n, i·stride + r − padding, j·stride + s − padding, c]·dy[n, i, j, f].</para>
/// <para>Each sum is one chain of fused multiply-adds in index order, over the terms that exist: (r, s, c) from b[f] (or 0) for y, (i, j, f)
/// from 0 for dx. That of dw is a chain from 0 over (n, i, j) for each block of <see cref="BlockImages"/> images; the blocks are added in
/// order. No instruction set, tile or thread changes a bit, except which of several NaNs a NaN is. Padding is not a zero that takes part: an
/// infinite weight meets nothing there.</para>
/// </remarks>
internal static unsafe class Convolution
{
    /// <summary>Pixels of results in a block of images over which a weight's gradient is one chain (at least one image).</summary>
    private const long BlockPixels = 4096;

    /// <summary>Images in one block of the sum that is a weight's gradient.</summary>
    public static int BlockImages(ConvolutionShape shape) => (int)Math.Max(1, BlockPixels / Math.Max(1, shape.OutPixels));

    /// <summary>
    /// y [images·OutHeight·OutWidth × Filters] from x [images·Height·Width × Channels]. The bias has one number a filter, or is null. Blocks of y
    /// that are complete are handed to <paramref name="done"/>, still in the cache: for an activation, say.
    /// </summary>
    public static void Forward(
        Team team, ConvolutionShape shape, long images, Strided<float> x, Strided<float> weights, float* bias, Strided<float> y, RowsDone? done = null) =>
        Forward(team, TapTileSet.Best, shape, images, x, weights, bias, y, done);

    public static void Forward(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> x, Strided<float> weights, float* bias, Strided<float> y,
        RowsDone? done = null)
    {
        Require(shape, images, x, weights, y);
        var grid = TapGrid.Forward(shape);
        var packed = new TapWeights(tiles, shape, weights, backward: false, grid.Taps, tap => tap);
        Sum(team, tiles, shape, grid, images, x, packed, shape.GroupChannels, shape.GroupFilters, bias, add: false, y, done);
    }

    /// <summary>
    /// The gradient to the input, dx [images·Height·Width × Channels], from that to the result, dy [images·OutHeight·OutWidth × Filters]. With
    /// <paramref name="add"/> the chains start at what dx holds.
    /// </summary>
    public static void GradientOfInput(
        Team team, ConvolutionShape shape, long images, Strided<float> dy, Strided<float> weights, Strided<float> dx, bool add = false) =>
        GradientOfInput(team, TapTileSet.Best, shape, images, dy, weights, dx, add);

    public static void GradientOfInput(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> dy, Strided<float> weights, Strided<float> dx, bool add = false)
    {
        Require(shape, images, dx, weights, dy);
        (int rowStride, int columnStride) = shape.Stride;
        foreach (TapGrid.Phase phase in TapGrid.Backward(shape))
        {
            int KernelTap(int tap)
            {
                (int row, int column) = Math.DivRem(tap, phase.Grid.Columns.Taps);
                return (phase.Row - row * rowStride) * shape.KernelWidth + phase.Column - column * columnStride;
            }

            var packed = new TapWeights(tiles, shape, weights, backward: true, phase.Grid.Taps, KernelTap);
            Sum(team, tiles, shape, phase.Grid, images, dy, packed, shape.GroupFilters, shape.GroupChannels, null, add, dx, null);
        }
    }

    /// <summary>
    /// The gradient to the weights of some filters, in rows for some channels of their group: dw [KernelHeight·KernelWidth·channels × filters], from
    /// x and from the gradient to the result. Indices ascend; null means all. Only what is asked for is computed.
    /// </summary>
    public static void GradientOfWeights(
        Team team, ConvolutionShape shape, long images, Strided<float> x, Strided<float> dy, Strided<float> dw, int[]? filters = null, int[]? channels = null) =>
        GradientOfWeights(team, TapTileSet.Best, shape, images, x, dy, dw, filters, channels);

    public static void GradientOfWeights(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> x, Strided<float> dy, Strided<float> dw,
        int[]? filters = null, int[]? channels = null)
    {
        shape.Require();
        filters = Chosen(shape, "filters", filters, shape.Filters);
        channels = Chosen(shape, "channels of a group", channels, shape.GroupChannels);
        RequireMatrix(shape, "input", x, images * shape.Pixels, shape.Channels);
        RequireMatrix(shape, "result", dy, images * shape.OutPixels, shape.Filters);
        RequireMatrix(shape, "gradient", dw, (long)shape.KernelHeight * shape.KernelWidth * channels.Length, filters.Length);
        TapGradient sums = Narrow(tiles, shape, shape.GroupFilters)
            ? new TapGradientLanes(tiles, shape, x, dy, dw, filters, channels)
            : new TapGradientShared(tiles, shape, x, dy, dw, filters, channels);
        sums.Run(team, images);
    }

    private static void Sum(
        Team team, TapTileSet tiles, ConvolutionShape shape, TapGrid grid, long images, Strided<float> source, TapWeights weights, int sums, int columns,
        float* bias, bool add, Strided<float> target, RowsDone? done)
    {
        float* start = add ? null : bias != null ? bias : Zeros(shape.Groups * columns);
        int block = TapSum.BlockImages(grid);
        if (!Narrow(tiles, shape, columns))
        {
            var inPlace = new TapSource((nint)source.RowStride, sums, 1);
            var sum = new TapSum(tiles, grid, inPlace, lanes: false, weights.Shared(team, start), target, done);
            sum.Run(team, images, block, (image, _) => source.Pointer + image * grid.SourcePixels * source.RowStride);
        }
        else if (sums == 1 && columns == 1 && shape.Groups % tiles.Lanes == 0)
        {
            var inPlace = new TapSource((nint)source.RowStride, 1, (nint)source.RowStride);
            var sum = new TapSum(tiles, grid, inPlace, lanes: true, weights.Lanes(start), target, done);
            sum.Run(team, images, block, (image, _) => source.Pointer + image * grid.SourcePixels * source.RowStride);
        }
        else
        {
            int padded = TapWeights.PaddedLanes(tiles, shape.Groups * columns);
            int[] channels = TapExpansion.Channels(shape.Groups, sums, columns, padded);
            var repeated = new TapExpansion(Scratch.Slot.TapSource, source, grid.SourcePixels, channels);
            var sum = new TapSum(tiles, grid, new((nint)sums * padded, sums, padded), lanes: true, weights.Lanes(start), target, done);
            sum.Run(team, images, block, repeated.Of);
        }
    }

    /// <summary>Whether a group's columns would leave most of a vector empty.</summary>
    internal static bool Narrow(TapTileSet tiles, ConvolutionShape shape, int columns) => shape.Groups > 1 && 4 * columns <= tiles.Lanes;

    private static int[] Chosen(ConvolutionShape shape, string what, int[]? chosen, int count)
    {
        chosen ??= [.. Enumerable.Range(0, count)];
        for (int i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] < 0 || chosen[i] >= count || (i > 0 && chosen[i] <= chosen[i - 1]))
            {
                throw new ArgumentException($"{shape}: chosen {what} must ascend within 0 … {count - 1}, but number {i} is {chosen[i]}.");
            }
        }

        return chosen;
    }

    private static float* Zeros(int count)
    {
        float* zeros = Scratch.Get<float>(Scratch.Slot.TapZeros, count);
        new Span<float>(zeros, count).Clear();
        return zeros;
    }

    private static void Require(ConvolutionShape shape, long images, Strided<float> x, Strided<float> weights, Strided<float> y)
    {
        shape.Require();
        RequireMatrix(shape, "input", x, images * shape.Pixels, shape.Channels);
        RequireMatrix(shape, "result", y, images * shape.OutPixels, shape.Filters);
        if (weights.Rows != shape.Taps || weights.Columns != shape.Filters)
        {
            throw new ArgumentException($"{shape}: weights are [{weights.Rows} × {weights.Columns}], not [{shape.Taps} × {shape.Filters}].");
        }
    }

    private static void RequireMatrix(ConvolutionShape shape, string what, Strided<float> matrix, long rows, long columns)
    {
        if (matrix.Rows != rows || matrix.Columns != columns || matrix.ColumnStride != 1)
        {
            throw new ArgumentException(
                $"{shape}: the {what} is [{matrix.Rows} × {matrix.Columns}], columns {matrix.ColumnStride} apart, not [{rows} × {columns}], 1 apart.");
        }
    }
}

namespace SeedHead.Compute;

/// <summary>Convolution of images with filters, as neural networks mean it (no filter is flipped), and its two gradients, in float32.</summary>
/// <remarks>
/// <para>Images lie pixel by pixel, row by row, image by image: a matrix [images·Height·Width × Channels] whose rows may lie further apart than
/// their length (some channels of a wider buffer). Weights are a matrix [FilterHeight·FilterWidth·GroupChannels × Filters].</para>
/// <para>With x outside of the image absent, (i, j) a pixel of the result, (r, s) a place in the filter and c a channel of filter f's group:</para>
/// <para>y[n, i, j, f] = b[f] + Σ_(r, s, c) x[n, i·stride + r − padding, j·stride + s − padding, c]·w[(r, s, c), f].</para>
/// <para>dx[n, y, x, c] = Σ_(i, j, f) dy[n, i, j, f]·w[(y + padding − i·stride, x + padding − j·stride, c), f].</para>
/// <para>dw[(r, s, c), f] = Σ_(n, i, j) x[n, i·stride + r − padding, j·stride + s − padding, c]·dy[n, i, j, f].</para>
/// <para>db[f] = Σ_(n, i, j) dy[n, i, j, f].</para>
/// <para>Each sum is one chain of fused multiply-adds in index order, over the terms that exist: (r, s, c) from b[f] (or 0) for y, (i, j, f)
/// from 0 for dx. That of dw is a chain from 0 over (n, i, j) for each block of <see cref="BlockImages"/> images; the blocks are added in
/// order; db likewise, with sums instead of chains. No instruction set, tile or thread changes a bit, except which of several NaNs a NaN
/// is. Padding is not a zero that takes part: an infinite weight meets nothing there.</para>
/// </remarks>
internal static unsafe class Convolution
{
    /// <summary>Pixels of results in a block of images over which a weight's gradient is one chain (at least one image).</summary>
    private const long BlockPixels = 4096;

    /// <summary>Images in one block of the sum that is a weight's gradient.</summary>
    public static int BlockImages(ConvolutionShape shape) => (int)Math.Max(1, BlockPixels / Math.Max(1, shape.OutPixels));

    /// <summary>
    /// y [images·OutHeight·OutWidth × Filters] from x [images·Height·Width × Channels]. The bias has one number a filter, or is null. Parts of y
    /// that are complete are handed to <paramref name="done"/>, still in the cache: for an activation, say.
    /// </summary>
    public static void Forward(
        Team team, ConvolutionShape shape, long images, Strided<float> x, Strided<float> weights, float* bias, Strided<float> y,
        RowsDone? done = null) =>
        Forward(team, TapTileSet.Best, shape, images, x, weights, bias, y, done);

    public static void Forward(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> x, Strided<float> weights, float* bias, Strided<float> y,
        RowsDone? done = null)
    {
        Require(shape, images, x, weights, y);
        var grid = TapGrid.Forward(shape);
        bool few = shape.Groups == 1 && TapSumFew.Suits(tiles, grid, shape.Channels, shape.Filters, images);
        var packed = new TapWeights(tiles, shape, weights, backward: false, few, grid.Taps, tap => tap);
        Sum(team, tiles, shape, images, x, shape.GroupChannels, [(grid, packed)], bias, add: false, y, done);
    }

    /// <summary>
    /// The gradient to the input, dx [images·Height·Width × Channels], from that to the result, dy [images·OutHeight·OutWidth × Filters]. With
    /// <paramref name="add"/> the chains start at what dx holds.
    /// </summary>
    public static void GradientOfInput(
        Team team, ConvolutionShape shape, long images, Strided<float> dy, Strided<float> weights, Strided<float> dx, bool add = false) =>
        GradientOfInput(team, TapTileSet.Best, shape, images, dy, weights, dx, add);

    public static void GradientOfInput(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> dy, Strided<float> weights, Strided<float> dx,
        bool add = false)
    {
        Require(shape, images, dx, weights, dy);
        TapGrid.Phase[] grids = [.. TapGrid.Backward(shape)];
        bool few = !add && shape.Groups * grids.Length == 1 && TapSumFew.Suits(tiles, grids[0].Grid, shape.Filters, shape.Channels, images);
        (TapGrid, TapWeights)[] phases = [.. grids.Select(phase => (
            phase.Grid,
            new TapWeights(tiles, shape, weights, backward: true, few, phase.Grid.Taps, tap => phase.PlaceOf(tap, shape))))];
        Sum(team, tiles, shape, images, dy, shape.GroupFilters, phases, null, add, dx, null);
    }

    /// <summary>
    /// The gradient to the weights of some filters, in rows for some channels of their group: dw [FilterHeight·FilterWidth·channels × filters], from
    /// x and from the gradient to the result. Indices ascend; null means all. Only what is asked for is computed.
    /// </summary>
    public static void GradientOfWeights(
        Team team, ConvolutionShape shape, long images, Strided<float> x, Strided<float> dy, Strided<float> dw,
        int[]? filters = null, int[]? channels = null) =>
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
        RequireMatrix(shape, "gradient", dw, (long)shape.FilterHeight * shape.FilterWidth * channels.Length, filters.Length);
        TapGradient sums = TapWeights.Narrow(tiles, shape, shape.GroupFilters)
            ? new TapGradientLanes(tiles, shape, x, dy, dw, filters, channels)
            : TapGradientFew.Suits(tiles, shape, channels.Length) ? new TapGradientFew(tiles, shape, x, dy, dw, filters, channels)
            : new TapGradientShared(tiles, shape, x, dy, dw, filters, channels);
        sums.Run(team, images);
    }

    /// <summary>
    /// db[k] = Σ_(n, i, j) dy[n, i, j, filters[k]]: sums from 0 over the same blocks of images as the weights' gradients, the blocks added in order.
    /// </summary>
    public static void GradientOfBias(Team team, ConvolutionShape shape, long images, Strided<float> dy, Span<float> db, int[]? filters = null)
    {
        shape.Require();
        filters = Chosen(shape, "filters", filters, shape.Filters);
        RequireMatrix(shape, "result", dy, images * shape.OutPixels, shape.Filters);
        if (db.Length != filters.Length)
        {
            throw new ArgumentException($"{shape}: there is room for {db.Length} sums, not for {filters.Length} filters.");
        }

        ColumnSums.Of(team, dy, Math.Max(1, BlockImages(shape) * shape.OutPixels), filters, db);
    }

    /// <summary>Some grids of pixels of one result, each with its weights, from one source of which so many channels a group are summed.</summary>
    private static void Sum(
        Team team, TapTileSet tiles, ConvolutionShape shape, long images, Strided<float> source, int sums,
        (TapGrid Grid, TapWeights Weights)[] phases, float* bias, bool add, Strided<float> target, RowsDone? done)
    {
        TapWeights weights = phases[0].Weights;
        float* starts = add ? null : weights.Starts(bias);
        float* packed = Scratch.Get<float>(Scratch.Slot.TapWeights, phases.Sum(phase => phase.Weights.PackedLength));
        if (weights.Few)
        {
            new TapSumFew(tiles, phases[0].Grid, source, weights.Pack(team, packed, starts, 0)[0], target, done).Run(team, images);
            return;
        }

        long pixels = phases[0].Grid.SourcePixels;
        int together = TapSum.ImagesTogether(phases[0].Grid);
        bool lanes = weights.InLanes, oneTap = shape.FilterHeight * shape.FilterWidth == 1;
        TapImages from = lanes
            ? TapImages.Lanes(Scratch.Slot.TapSource, source, pixels, weights.LaneChannels(), sums)
            : TapImages.Shared(source, pixels, shape.Groups, sums, together, oneTap);
        var sum = new TapSum(tiles, from, lanes, target, done);
        foreach ((TapGrid grid, TapWeights ofGrid) in phases)
        {
            sum.Add(grid, ofGrid.Pack(team, packed, starts, from.Layout.GroupStride));
            packed += ofGrid.PackedLength;
        }

        sum.Run(team, images, together);
    }

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
                $"{shape}: the {what} is [{matrix.Rows} × {matrix.Columns}], columns {matrix.ColumnStride} apart,"
                + $" not [{rows} × {columns}], 1 apart.");
        }
    }
}

namespace SeedHead.Compute;

/// <summary>
/// Which pixels of a result are summed over which taps: position (i, j) of the two axes is the result's pixel
/// (RowFirst + i·RowStep, ColumnFirst + j·ColumnStep) of Height × Width.
/// </summary>
internal readonly record struct TapGrid(
    TapAxis Rows, TapAxis Columns, int Height, int Width, int RowFirst = 0, int RowStep = 1, int ColumnFirst = 0, int ColumnStep = 1)
{
    public int Positions => Rows.Positions * Columns.Positions;

    public int Taps => Rows.Taps * Columns.Taps;

    public long SourcePixels => (long)Rows.Length * Columns.Length;

    public long Pixels => (long)Height * Width;

    public static TapGrid Forward(ConvolutionShape shape) => new(shape.RowAxis, shape.ColumnAxis, shape.OutHeight, shape.OutWidth);

    /// <summary>
    /// Some rows of positions over the source's rows that they meet, of which the first is <paramref name="sourceRow"/>; both are counted from 0 then.
    /// </summary>
    public TapGrid Band(int from, int count, out int sourceRow)
    {
        long first = (long)from * Rows.Step + Rows.First;
        sourceRow = (int)Math.Clamp(first, 0, Rows.Length);
        int end = (int)Math.Clamp(first + (long)(count - 1) * Rows.Step + Rows.Taps, sourceRow, Rows.Length);
        return new(Rows with { Positions = count, First = (int)(first - sourceRow), Length = end - sourceRow }, Columns, count, Width);
    }

    /// <summary>
    /// The gradient to the input, in phases: input pixels that leave the same remainder after division by the stride were seen through the
    /// same taps. Tap t of a phase is the filter's <see cref="Phase.Row"/> − t·stride, so that sources come in index order.
    /// </summary>
    public static IEnumerable<Phase> Backward(ConvolutionShape shape)
    {
        for (int row = 0; row < Math.Min(shape.Stride.Rows, shape.Height); row++)
        {
            (TapAxis rows, int filterRow) = BackwardAxis(row, shape.RowAxis);
            for (int column = 0; column < Math.Min(shape.Stride.Columns, shape.Width); column++)
            {
                (TapAxis columns, int filterColumn) = BackwardAxis(column, shape.ColumnAxis);
                var grid = new TapGrid(
                    rows, columns, shape.Height, shape.Width, row, shape.Stride.Rows, column, shape.Stride.Columns);
                yield return new(grid, filterRow, filterColumn);
            }
        }
    }

    private static (TapAxis Axis, int FirstTap) BackwardAxis(int remainder, TapAxis forward)
    {
        int stride = forward.Step, positions = (forward.Length - remainder + stride - 1) / stride;
        int lowest = (remainder - forward.First) % stride;
        int taps = lowest < forward.Taps ? (forward.Taps - 1 - lowest) / stride + 1 : 0;
        int highest = lowest + (taps - 1) * stride;
        int first = taps == 0 ? 0 : (remainder - forward.First - highest) / stride;
        return (new(positions, taps, 1, first, forward.Positions), highest);
    }

    /// <param name="Grid">The pixels and the taps that meet them.</param>
    /// <param name="Row">The filter's row of the first tap; the next ones lie a stride before.</param>
    /// <param name="Column">The filter's column of the first tap.</param>
    internal readonly record struct Phase(TapGrid Grid, int Row, int Column)
    {
        /// <summary>The filter's row·FilterWidth + column of a tap.</summary>
        public int PlaceOf(int tap, ConvolutionShape shape)
        {
            (int row, int column) = Math.DivRem(tap, Grid.Columns.Taps);
            return (Row - row * shape.Stride.Rows) * shape.FilterWidth + Column - column * shape.Stride.Columns;
        }
    }
}

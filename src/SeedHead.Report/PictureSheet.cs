using SeedHead.Data;
using SeedHead.Report.Markup;

namespace SeedHead.Report;

/// <summary>Rows of numbers as pictures on one sheet, e.g. distilled images: one line of pictures a class.</summary>
internal static class PictureSheet
{
    private const int Gap = 2;
    private const double Tail = 0.002; // of the numbers may be darker than black, as many brighter than white

    /// <summary>A PNG file; the darkest and brightest numbers of all pictures, but for 0.2 % on each side, are black and white.</summary>
    /// <param name="rows">Pictures [n × height·width·channels].</param>
    /// <param name="shape">Their shape, of 1 or 3 channels.</param>
    /// <param name="columns">Pictures a line.</param>
    /// <param name="scale">Pixels a side of each number.</param>
    public static byte[] Png(Numbers rows, ImageShape shape, int columns, int scale = 2)
    {
        float[] sorted = [.. rows.Values.Span];
        Array.Sort(sorted);
        double low = sorted[(int)(Tail * (sorted.Length - 1))], high = sorted[(int)((1 - Tail) * (sorted.Length - 1))], range = high > low ? high - low : 1;
        int lines = (rows.Count + columns - 1) / columns, stepDown = (shape.Height * scale) + Gap, stepRight = (shape.Width * scale) + Gap;
        var sheet = new ImageShape((lines * stepDown) - Gap, (columns * stepRight) - Gap, shape.Channels);
        var pixels = new byte[sheet.Size];
        Array.Fill(pixels, byte.MaxValue);
        for (int picture = 0; picture < rows.Count; picture++)
        {
            ReadOnlySpan<float> from = rows.Values.Span.Slice(picture * rows.Columns, rows.Columns);
            int top = picture / columns * stepDown, left = picture % columns * stepRight;
            for (int y = 0; y < shape.Height * scale; y++)
            {
                for (int x = 0; x < shape.Width * scale; x++)
                {
                    for (int c = 0; c < shape.Channels; c++)
                    {
                        double share = (from[((((y / scale) * shape.Width) + (x / scale)) * shape.Channels) + c] - low) / range;
                        pixels[((((top + y) * sheet.Width) + left + x) * shape.Channels) + c] = (byte)Math.Round(255 * Math.Clamp(share, 0, 1));
                    }
                }
            }
        }

        return PngWriter.Write(pixels, sheet);
    }
}

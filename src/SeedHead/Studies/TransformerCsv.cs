using System.Globalization;
using System.Text;

namespace SeedHead.Studies;

/// <summary>Cells of sequences as lines of comma-separated values.</summary>
internal static class TransformerCsv
{
    public static string Write(TransformerAnswer answer)
    {
        var text = new StringBuilder("measure,net,activation,scale,depth,mean,sd,networks,undefined\n");
        foreach (TransformerCell cell in answer.Cells)
        {
            ComplexityCell at = cell.Complexity;
            text.Append(CultureInfo.InvariantCulture, $"{at.Measure},{Field(at.Net)},{Field(cell.Activation)},{at.Scale:R},{at.Depth},{at.Mean:R},{at.Deviation:R},{at.Networks},{at.Undefined}\n");
        }

        return text.ToString();
    }

    /// <summary>In quotes where a formula has a comma.</summary>
    private static string Field(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}

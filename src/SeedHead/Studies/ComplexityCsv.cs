using System.Globalization;
using System.Text;

namespace SeedHead.Studies;

/// <summary>A map as lines of comma-separated values: one a cell and measure.</summary>
internal static class ComplexityCsv
{
    public static string Write(ComplexityAnswer answer)
    {
        var text = new StringBuilder("measure,net,scale,depth,mean,sd,networks,undefined\n");
        foreach (ComplexityCell cell in answer.Cells.Concat(answer.Target?.Networks ?? []))
        {
            text.Append(CultureInfo.InvariantCulture, $"{cell.Measure},{cell.Net},{cell.Scale:R},{cell.Depth},{cell.Mean:R},{cell.Deviation:R},{cell.Networks},{cell.Undefined}\n");
        }

        return text.ToString();
    }
}

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
            text.Append(CultureInfo.InvariantCulture, $"{cell.Measure},{ReproduceCsv.Quoted(cell.Net)},{cell.Scale:R},{cell.Depth},{cell.Mean:R},{cell.Deviation:R},{cell.Networks},{cell.Undefined}\n");
        }

        return text.ToString();
    }

    /// <summary>Power by frequency: one line a cell and frequency.</summary>
    public static string WriteSpectra(ComplexityAnswer answer)
    {
        var text = new StringBuilder("net,scale,depth,frequency,sampled,standardError,limit\n");
        foreach (PowerShares one in answer.Spectra)
        {
            for (int m = 1; m < one.Sampled.Count; m++)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"{ReproduceCsv.Quoted(one.Net)},{one.Scale:R},{one.Depth},{m},{one.Sampled[m]:R},{one.StandardErrors[m]:R},{one.Limit?[m]:R}\n");
            }
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace SeedHead.Studies;

/// <summary>A study of limits as lines of comma-separated values: one a point, the bound in its column.</summary>
internal static class LimitsCsv
{
    public static string Write(LimitsAnswer answer)
    {
        var text = new StringBuilder($"study,label,dimension,{answer.Axis.Split(' ')[0]},mean,min,max,standard error,spread,bound\n");
        foreach (LimitsCurve curve in answer.Curves)
        {
            string label = curve.Label.Contains(',', StringComparison.Ordinal) ? $"\"{curve.Label}\"" : curve.Label;
            foreach (LimitsPoint point in curve.Points)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"{answer.Study},{label},{curve.Dimension},{point.At:R},{point.Mean:R},{point.Min:R},{point.Max:R},{point.StandardError:R},{point.Spread:R},{point.Bound:R}\n");
            }
        }

        return text.ToString();
    }
}

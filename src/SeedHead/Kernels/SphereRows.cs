using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>Rows moved and scaled onto the sphere ‖x‖² = d.</summary>
internal static class SphereRows
{
    /// <summary>x ← √d·(x − centre)/‖x − centre‖ of every row.</summary>
    /// <param name="rows">[n × d].</param>
    /// <param name="centre">d numbers, or one for all columns.</param>
    /// <exception cref="ArgumentException">A row is the centre itself, or the centre has another length.</exception>
    public static Numbers Of(Numbers rows, ReadOnlySpan<float> centre)
    {
        int d = rows.Columns;
        if (centre.Length != d && centre.Length != 1)
        {
            throw new ArgumentException($"A centre of {centre.Length} numbers does not fit rows of {d}.", nameof(centre));
        }

        var values = new float[rows.Values.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> from = rows.Values.Span.Slice(i * d, d);
            Span<float> to = values.AsSpan(i * d, d);
            double square = 0;
            for (int j = 0; j < d; j++)
            {
                double difference = from[j] - (double)centre[centre.Length == 1 ? 0 : j];
                square += difference * difference;
            }

            if (!(square > 0 && double.IsFinite(square)))
            {
                throw new ArgumentException($"Row {i} is {Math.Sqrt(square)} away from the centre: it has no direction. Leave it out.", nameof(rows));
            }

            double scale = Math.Sqrt(d / square);
            for (int j = 0; j < d; j++)
            {
                to[j] = (float)(scale * (from[j] - (double)centre[centre.Length == 1 ? 0 : j]));
            }
        }

        return new Numbers(values, d);
    }

    /// <summary>The mean of all numbers of all rows.</summary>
    public static float GrandMean(Numbers rows)
    {
        double sum = 0;
        foreach (float value in rows.Values.Span)
        {
            sum += value;
        }

        return (float)(sum / rows.Values.Length);
    }
}

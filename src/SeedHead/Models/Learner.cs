using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>Learns a model: preprocessing and features from the training rows, then the exact ridge head.</summary>
/// <example><code>
/// SeedHeadModel model = Learner.Fit(rows, labels);
/// string label = model.PredictClass(row);
/// </code></example>
public static class Learner
{
    /// <summary>Learns to tell classes from plain numbers.</summary>
    /// <param name="inputs">n rows of d finite numbers.</param>
    /// <param name="labels">n class names.</param>
    /// <param name="options">What to learn; null for the defaults.</param>
    /// <param name="run">Threads, progress, cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Rows of different lengths, or counts that differ.</exception>
    /// <exception cref="DataException">No row, one class only, a number that is not finite.</exception>
    public static SeedHeadModel Fit(float[][] inputs, string[] labels, LearnOptions? options = null, Execution? run = null) =>
        Fit(PlainArrays.Dataset(inputs, PlainArrays.Classes("class", labels)), options ?? new LearnOptions(), run ?? new Execution()).Model;

    /// <summary>Learns to predict a number from plain numbers.</summary>
    /// <param name="inputs">n rows of d finite numbers.</param>
    /// <param name="values">n finite numbers.</param>
    /// <param name="options">What to learn; null for the defaults.</param>
    /// <param name="run">Threads, progress, cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Rows of different lengths, or counts that differ.</exception>
    /// <exception cref="DataException">No row, a number that is not finite.</exception>
    public static SeedHeadModel Fit(float[][] inputs, double[] values, LearnOptions? options = null, Execution? run = null) =>
        Fit(PlainArrays.Dataset(inputs, new NumberTarget("value", values)), options ?? new LearnOptions(), run ?? new Execution()).Model;

    /// <summary>Learns from a data set and tells how the width and the penalty were chosen.</summary>
    /// <param name="train">Rows with a target.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">The rows cannot be learned from: says why.</exception>
    /// <exception cref="ForecastException">The limits of <paramref name="options"/> are forecast to be passed.</exception>
    public static Learned Fit(Dataset train, LearnOptions options, Execution run)
    {
        using var fitting = new Fitting(train, options, run);
        return options.Width is int width ? fitting.AtWidth(width) : fitting.AtBestWidth();
    }

    /// <summary>What fitting is expected to need at each width that may be tried, without fitting.</summary>
    /// <param name="train">Rows with a target.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="run">The threads counted on.</param>
    public static IReadOnlyList<Forecast> Foresee(Dataset train, LearnOptions options, Execution run)
    {
        using var fitting = new Fitting(train, options, run, foresees: true);
        return fitting.Foresee();
    }

    /// <summary>What choosing the architecture is expected to need, or null where none is to be chosen.</summary>
    internal static ArchitectureForecast? ForeseeChoice(Dataset train, LearnOptions options, Execution run)
    {
        if (options.ChooseNet is null)
        {
            return null;
        }

        using var fitting = new Fitting(train, options, run, foresees: true);
        return fitting.ForeseeChoice();
    }
}

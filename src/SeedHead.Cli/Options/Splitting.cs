using System.CommandLine;
using SeedHead.Data;

namespace SeedHead.Cli.Options;

/// <summary>The options that say which rows are learned from and which are test rows.</summary>
internal static class Splitting
{
    public static readonly Option<string?> Test = new("--test") { Description = "Test rows: a file of the same columns.", HelpName = "FILE" };

    public static readonly Option<double?> TestShare = Parsing.Option(
        "--test-share",
        "Share of the rows held out as a stratified test set, when the data has none of its own.",
        text => double.TryParse(text, out double value) && value is > 0 and < 1 ? value : throw new FormatException($"'{text}' is not a share. Give a number between 0 and 1, e.g. 0.2."),
        "SHARE");

    /// <summary>DATA, or the name given, with the test rows asked for.</summary>
    public static DatasetPair Read(ParseResult parsed, ulong seed, CancellationToken cancellation, string? name = null)
    {
        DataOptions reading = Common.Reading(parsed, cancellation);
        DatasetPair data = DataSource.Load(name ?? parsed.GetValue(Common.Data)!, reading);
        string? test = parsed.GetValue(Test);
        double? share = parsed.GetValue(TestShare);
        if (test is not null && share is not null)
        {
            throw new ArgumentException("--test and --test-share cannot both be given: one names test rows, the other takes them from DATA.");
        }

        if (test is not null)
        {
            return DatasetPair.Of(data.Train, DataSource.Load(test, reading.Like(data.Train)).Train);
        }

        if (share is double part)
        {
            (int[] train, int[] held) = Splits.Stratified(data.Train.Target!, part, seed);
            return new DatasetPair(data.Train.Select(train), data.Train.Select(held));
        }

        return data;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace SeedHead.Cli.Options;

/// <summary>Turns a parse function into an option's parser: its FormatException becomes one line and exit code 2.</summary>
internal static class Parsing
{
    public static Func<ArgumentResult, T?> With<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            string name = (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
            result.AddError($"{name}: {e.Message}");
            return default;
        }
    };

    public static Func<ArgumentResult, int> Whole(int smallest) => With(text =>
        int.TryParse(text, out int value) && value >= smallest
            ? value
            : throw new FormatException($"'{text}' is not allowed. Give a whole number of at least {smallest}."));

    public static ulong Seed(string text) => ulong.TryParse(text, out ulong value)
        ? value
        : throw new FormatException($"'{text}' is not a seed. Give a whole number from 0 to {ulong.MaxValue}.");

    public static Option<T?> Option<T>(string name, string description, Func<string, T> parse, string? help = null)
        where T : struct => new(name) { Description = description, HelpName = help, CustomParser = With<T?>(text => parse(text)) };
}

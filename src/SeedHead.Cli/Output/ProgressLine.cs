using System.Diagnostics;

namespace SeedHead.Cli.Output;

/// <summary>One line on standard error that says how far the work has come; rewritten in place, at most ten times a second.</summary>
internal sealed class ProgressLine : IProgress<Progress>
{
    private static readonly Lock Gate = new();
    private static int shown;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long last = -1000;

    /// <summary>A progress line when standard error is a terminal, else none.</summary>
    public static ProgressLine? ForTerminal() => Console.IsErrorRedirected ? null : new ProgressLine();

    public void Report(Progress value)
    {
        lock (Gate)
        {
            if (clock.ElapsedMilliseconds - last < 100)
            {
                return;
            }

            last = clock.ElapsedMilliseconds;
            string text = value.Total > 0 ? $"{value.Stage}: {100.0 * value.Done / value.Total:0} %" : $"{value.Stage}: {value.Done}";
            Console.Error.Write('\r' + text.PadRight(shown));
            shown = text.Length;
        }
    }

    /// <summary>Wipes the line, before something else is written.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            if (shown > 0)
            {
                Console.Error.Write('\r' + new string(' ', shown) + '\r');
                shown = 0;
            }
        }
    }
}

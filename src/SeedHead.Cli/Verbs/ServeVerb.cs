using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SeedHead.Cli.Options;
using SeedHead.Explorer;

namespace SeedHead.Cli.Verbs;

/// <summary>serve: the explorer of random networks on 127.0.0.1, until Ctrl-C.</summary>
internal static class ServeVerb
{
    private const int MostPort = 65535;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of 127.0.0.1; 0 for any that is free.",
        HelpName = "N",
        DefaultValueFactory = _ => 4242,
        CustomParser = Parsing.With(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= MostPort
            ? port
            : throw new FormatException($"'{text}' is not a port. Give a whole number from 0 to {MostPort}.")),
    };

    private static readonly Option<bool> Open = new("--open") { Description = "Open the page in the browser." };

    public static Command Create()
    {
        var command = new Command("serve", "Explore untrained networks on a page of this machine: their functions, spectra and complexity. Ctrl-C ends it.");
        foreach (Option option in (Option[])[Port, Open, Common.Threads, Common.Quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    /// <summary>Apart from <see cref="Create"/>, so that no other verb loads the web server.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        await using ExplorerServer server = await ExplorerServer.Start(parsed.GetValue(Port), parsed.GetValue(Common.Threads));
        Console.Out.WriteLine(server.Address);
        await Console.Out.FlushAsync(cancellation);
        if (!parsed.GetValue(Common.Quiet))
        {
            Console.Error.WriteLine("seedhead: The explorer is there. Ctrl-C ends it.");
        }

        if (parsed.GetValue(Open))
        {
            Show(server.Address);
        }

        var ended = new TaskCompletionSource();
        await using CancellationTokenRegistration end = cancellation.Register(ended.SetResult);
        await ended.Task;
        return CommandLine.Done; // Ctrl-C is how it ends: nothing was left undone
    }

    private static void Show(Uri address)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            Console.Error.WriteLine("seedhead: No browser was found. Open the address above in one.");
        }
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

/// <summary>One run of the real command in a process of its own.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    public static CommandRun Of(params string[] arguments) => With(null, null, arguments);

    public static CommandRun With(string? input, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return new(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "seedhead.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("SEEDHEAD_DATA");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Fails unless the command ended with this code and one or two lines on standard error that hold every part.</summary>
    public void Refused(int code, params string[] parts)
    {
        Assert.Equal(code, Code);
        Assert.InRange(Error.TrimEnd('\n').Split('\n').Length, 1, 2);
        Assert.DoesNotContain("   at ", Error); // no stack trace
        foreach (string part in parts)
        {
            Assert.Contains(part, Error);
        }
    }
}

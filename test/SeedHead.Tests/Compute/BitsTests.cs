using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Tests.Compute;

/// <summary>Runs the probes of seedhead-bits in processes that may use fewer and fewer instructions, and compares the hashes.</summary>
public sealed class BitsTests
{
    [Fact]
    public async Task Results_have_the_same_bits_on_any_threads_and_instruction_set()
    {
        string[][] runs = await Task.WhenAll(Probe(null), Probe("DOTNET_EnableAVX512"), Probe("DOTNET_EnableAVX2"));
        if (Avx512F.IsSupported)
        {
            // Else the runs below would compare a process with itself.
            Assert.Equal(["vectors 512", "vectors 256", "vectors 128"], runs.Select(run => run[0]));
        }

        foreach (var probe in runs.SelectMany(run => run.Skip(1)).Select(line => line.Split(' ')).GroupBy(words => words[0]))
        {
            Assert.Equal(9, probe.Count()); // three processes, three numbers of threads
            Assert.True(probe.Select(words => words[2]).Distinct().Count() == 1, $"{probe.Key}: {string.Join(", ", probe.Select(words => words[2][..8]))}");
        }
    }

    private static async Task<string[]> Probe(string? switchedOff)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "seedhead-bits.dll"));
        if (switchedOff != null)
        {
            start.Environment[switchedOff] = "0";
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

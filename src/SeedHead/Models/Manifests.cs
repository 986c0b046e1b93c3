using System.Reflection;
using SeedHead.Random;

namespace SeedHead.Models;

internal static class Manifests
{
    private static readonly string Cpu = ReadCpu();

    /// <summary>The manifest of an answer made now, by this build, on this machine.</summary>
    public static Manifest Of(ulong seed, string options) => new(seed, RandomStream.Version, Version, Cpu, options);

    public static string Version { get; } =
        typeof(Manifests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static string ReadCpu()
    {
        try
        {
            const string key = "model name";
            string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(key, StringComparison.Ordinal));
            return line is null ? Fallback() : line[(line.IndexOf(':') + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fallback();
        }
    }

    private static string Fallback() =>
        Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
}

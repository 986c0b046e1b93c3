namespace SeedHead.Models;

/// <summary>Where an answer came from.</summary>
/// <param name="Seed">The seed of every random number.</param>
/// <param name="Stream">Stream version.</param>
/// <param name="Version">SeedHead's version.</param>
/// <param name="Cpu">Processor name.</param>
/// <param name="Options">The options as given, e.g. "--width auto --features images".</param>
public sealed record Manifest(ulong Seed, int Stream, string Version, string Cpu, string Options);

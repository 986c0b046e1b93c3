using System.Runtime.Intrinsics.X86;
using SeedHead.BitsProbe;
using SeedHead.Compute;

// usage: seedhead-bits [NAME...]   prints the vectors this process may use, then for every probe on 1, 2 and 5 threads: NAME THREADS HASH
string[] names = args.Length > 0 ? args : [.. Probes.All.Keys];
Console.WriteLine($"vectors {(Avx512F.IsSupported ? 512 : Fma.IsSupported ? 256 : 128)}");
foreach (string name in names)
{
    if (!Probes.All.TryGetValue(name, out Action<Team, BitsHash>? probe))
    {
        Console.Error.WriteLine($"No probe is named '{name}'. There are: {string.Join(", ", Probes.All.Keys)}.");
        return 2;
    }

    foreach (int threads in new[] { 1, 2, 5 })
    {
        using var hash = new BitsHash();
        probe(new Team(threads), hash);
        Console.WriteLine($"{name} {threads} {hash.Text()}");
    }
}

return 0;

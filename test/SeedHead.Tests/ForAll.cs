namespace SeedHead.Tests;

/// <summary>Checks a property on drawn cases; a failure names the one number that draws its case again.</summary>
internal static class ForAll
{
    /// <summary>Calls <paramref name="property"/> with <paramref name="cases"/> fixed draws, or with the one draw <paramref name="repeat"/>.</summary>
    public static void Draws(int cases, Action<Draw> property, ulong? repeat = null)
    {
        for (ulong number = repeat ?? 0; number <= (repeat ?? (ulong)cases - 1); number++)
        {
            try
            {
                property(new Draw(number));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"The property fails for draw {number}: pass repeat: {number} to see it alone. {fault.Message}", fault);
            }
        }
    }
}

/// <summary>Values of one case, a function of its number alone (SplitMix64, Steele, Lea and Flood 2014).</summary>
internal sealed class Draw(ulong number)
{
    private ulong state = number * 0xD1342543DE82EF95 + 0x2545F4914F6CDD1D;

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number in [low, high], both ends included.</summary>
    public int Int(int low, int high) => low + (int)(Bits() % (ulong)((long)high - low + 1));

    /// <summary>A number in [low, high).</summary>
    public double Double(double low = 0, double high = 1) => low + ((high - low) * ((Bits() >> 11) * 1.1102230246251565e-16));

    /// <summary>A number in [low, high), rounded to float32.</summary>
    public float Float(float low = -1, float high = 1) => (float)Double(low, high);

    /// <summary>True or false, evenly.</summary>
    public bool Bool() => (Bits() & 1) == 1;

    /// <summary>One of the choices.</summary>
    public T Of<T>(params T[] choices) => choices[Int(0, choices.Length - 1)];

    /// <summary>Numbers in [low, high).</summary>
    public float[] Floats(int count, float low = -1, float high = 1) => [.. Enumerable.Range(0, count).Select(_ => Float(low, high))];

    /// <summary>Numbers in [low, high).</summary>
    public double[] Doubles(int count, double low = -1, double high = 1) => [.. Enumerable.Range(0, count).Select(_ => Double(low, high))];
}

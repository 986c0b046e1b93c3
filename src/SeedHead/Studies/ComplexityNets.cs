using System.Globalization;
using SeedHead.Complexity;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>The networks of a map: one text, its depths and its norm scale.</summary>
internal static class ComplexityNets
{
    private const string Fourier = "fourier";
    private const int HighestFrequency = 1000;

    /// <summary>The random functions of a text at a depth (null: as written) and a scale.</summary>
    public static RandomFunctions Functions(ComplexityQuestion question, int? depth, double scale)
    {
        if (IsFourier(question.Net))
        {
            (int inputs, int highest) = ReadFourier(question.Net);
            return new FourierFunctions(inputs, highest, question.Prior.Scale * scale, question.Seed);
        }

        (Architecture net, WeightPrior prior) = Network(question, depth, scale);
        return new NetworkFunctions(net, prior, question.Seed);
    }

    /// <summary>The network and its prior at a depth and a scale.</summary>
    /// <exception cref="ArgumentException">It is the Fourier model.</exception>
    public static (Architecture Net, WeightPrior Prior) Network(ComplexityQuestion question, int? depth, double scale)
    {
        if (IsFourier(question.Net))
        {
            throw new ArgumentException($"{question.Net} is no network that could be made wider.");
        }

        var net = Architecture.Parse(Text(question, depth));
        return question.ScalePrefactor ? (WithPrefactor(net, scale), question.Prior)
            : (net, question.ScaleBiases ? question.Prior.ScaledWithBiases(scale) : question.Prior.Scaled(scale));
    }

    /// <summary>The text of the networks at a depth.</summary>
    public static string Text(ComplexityQuestion question, int? depth)
    {
        if (IsFourier(question.Net))
        {
            return depth is null ? question.Net : throw new ArgumentException($"{question.Net} has no depth. Leave out --depths.");
        }

        Architecture net = Architecture.Parse(question.Net);
        IReadOnlyList<Layer> parts = depth is { } repeats ? WithRepeats(net, repeats) : net.Parts;
        Layer[] scaled = [.. question.NormScale == 1 ? parts : WithNormScale(parts, question.NormScale)];
        return Architecture.Create([net.First(), .. scaled]).ToString();
    }

    /// <summary>Hidden layers at a depth; those of residuals and gates count as the architecture counts them.</summary>
    public static int Depth(ComplexityQuestion question, int? depth) => IsFourier(question.Net) ? 1 : Architecture.Parse(Text(question, depth)).Depth;

    /// <summary>A network with its one repeated block so many times.</summary>
    /// <exception cref="ArgumentException">It has no repeat, or several.</exception>
    public static Architecture WithDepth(Architecture net, int depth) => Architecture.Create([net.First(), .. WithRepeats(net, depth)]);

    /// <summary>Throws where a text names no random functions with one output.</summary>
    public static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsFourier(text))
        {
            ReadFourier(text);
        }
        else
        {
            _ = Architecture.Parse(text);
        }

        return text;
    }

    private static bool IsFourier(string text) => text.StartsWith(Fourier, StringComparison.Ordinal);

    /// <summary>"fourier:K" for two inputs, "fourier1:K" for one.</summary>
    private static (int Inputs, int Highest) ReadFourier(string text)
    {
        string[] halves = text.Split(':');
        int inputs = halves[0] switch { Fourier or Fourier + "2" => 2, Fourier + "1" => 1, _ => 0 };
        return inputs > 0 && halves.Length == 2 && int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out int highest)
            && highest is >= 1 and <= HighestFrequency
            ? (inputs, highest)
            : throw new FormatException($"\"{text}\" is no Fourier model. Write fourier:K for two inputs, fourier1:K for one, K the highest frequency, 1 to {HighestFrequency}.");
    }

    private static IReadOnlyList<Layer> WithRepeats(Architecture net, int count) =>
        net.Parts.Count(part => part is RepeatLayer) == 1
            ? [.. net.Parts.Select(part => part is RepeatLayer repeat ? Layer.Repeat(count, repeat.Parts) : part)]
            : throw new ArgumentException($"--depths sets the repeat of one block, but {net} has {net.Parts.Count(part => part is RepeatLayer)}. Write it as in {net.InputCount}-1*(64-tanh)-1.");

    private static Architecture WithPrefactor(Architecture net, double factor) => factor == 1 ? net : Architecture.Create([net.First(), .. WithPrefactor(net.Parts, factor)]);

    private static IReadOnlyList<Layer> WithPrefactor(IReadOnlyList<Layer> parts, double factor) =>
        Changed(parts, part => part is ActivationLayer ? [Layer.Scale(factor), part] : [part]);

    private static IReadOnlyList<Layer> WithNormScale(IReadOnlyList<Layer> parts, double scale) =>
        Changed(parts, part => part is LayerNormLayer ? [part, Layer.Scale(scale)] : [part]);

    /// <summary>The parts with every plain layer replaced, inside of repeats, gates and residuals too.</summary>
    private static IReadOnlyList<Layer> Changed(IReadOnlyList<Layer> parts, Func<Layer, Layer[]> change) => [.. parts.SelectMany(part => part switch
    {
        RepeatLayer repeat => [Layer.Repeat(repeat.Count, Changed(repeat.Parts, change))],
        GatedLayer gated => [Layer.Gated(gated.Width, Changed(gated.Parts, change))],
        ResidualLayer { Shortcut: [] } residual => [Layer.Residual(Changed(residual.Parts, change))],
        ResidualLayer residual => [Layer.Residual(Changed(residual.Parts, change), Changed(residual.Shortcut, change))],
        _ => (IEnumerable<Layer>)change(part),
    })];
}

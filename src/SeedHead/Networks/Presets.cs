using System.Globalization;
using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>Networks with a name: what they are written out.</summary>
/// <remarks>
/// Layer lists as the published code of Rosenfeld &amp; Tsotsos (2018) has them (VGG-19-BN, AlexNet, wide residual and densely connected networks for 32 × 32
/// images), LeNet as Li et al. (2018) count it, ResNet-18 as commonly used for small images.
/// </remarks>
internal static class Presets
{
    private static readonly ImageShape Cifar = new(32, 32, 3);

    /// <summary>The names, for hints; D, K, L, G stand for numbers.</summary>
    public static string[] Names { get; } = ["lenet", "vgg19-bn", "alexnet-cifar", "resnet-18", "wrn-D-K", "densenet-bc-L-G", "gpt2", "gpt2-L-H-D"];

    private const int Gpt2Vocabulary = 50257;
    private const int Gpt2Context = 1024;


    /// <summary>The text a preset stands for, or null where the text does not start with a preset's name.</summary>
    /// <param name="text">For example "wrn-28-10/100": a name, and the classes behind a slash.</param>
    /// <param name="input">The shape of the images; null for the one the network was made for.</param>
    /// <param name="classes">The classes when the text does not tell; null where nobody knows.</param>
    /// <exception cref="FormatException">The numbers of the name are wrong, or the classes are not known.</exception>
    public static string? Expand(string text, ImageShape? input, int? classes)
    {
        string[] halves = text.Split('/');
        string[] words = halves[0].Split('-');
        if (words[0] == "gpt2")
        {
            return Gpt2(text, halves, words);
        }

        Func<string>? body = Body(halves[0], words);
        if (body is null)
        {
            return null;
        }

        string outputs = halves.Length switch
        {
            1 when classes is { } known => known.ToString(CultureInfo.InvariantCulture),
            2 when int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0 => halves[1],
            _ => throw new FormatException($"Preset \"{text}\": give the classes behind a slash, as in {halves[0]}/10."),
        };
        return $"{input ?? (halves[0] == "lenet" ? new(28, 28, 1) : Cifar)}-{body()}-{outputs}";
    }

    /// <summary>The text of GPT-2 or of one with other blocks, heads and width; what stands behind the slash is the vocabulary.</summary>
    private static string Gpt2(string text, string[] halves, string[] words)
    {
        const string Rule = "blocks, heads and width are written as in gpt2-2-4-128; the vocabulary (50257 without it) may stand behind a slash, as in gpt2-2-4-128/512";
        int[] numbers = [.. words.Skip(1).Select(word => Number(halves[0], word, 1, 1, 0, Rule))];
        (int blocks, int heads, int width) = numbers switch
        {
            [] => (12, 12, 768),
            [var l, var h, var d] => (l, h, d),
            _ => throw new FormatException($"Preset \"{text}\": {Rule}."),
        };
        int vocabulary = Gpt2Vocabulary;
        return halves.Length == 1 || (halves.Length == 2 && int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out vocabulary) && vocabulary > 0)
            ? $"{new TokenShape(vocabulary, Gpt2Context)}-embed{width}-pos-{blocks}*(res(ln-attn{heads})-res(ln-{4 * width}-gelutanh-{width}))-ln-unembed"
            : throw new FormatException($"Preset \"{text}\": {Rule}.");
    }

    private static Func<string>? Body(string name, string[] words) => (name, words) switch
    {
        ("lenet", _) => () => "conv6@5p0b-relu-maxpool2-conv16@5p0b-relu-maxpool2-flatten-120-relu-84-relu",
        ("vgg19-bn", _) => () => string.Concat(new[] { (2, 64), (2, 128), (4, 256), (4, 512), (4, 512) }.Select(block => $"{block.Item1}*(conv{block.Item2}@3b-bn-relu)-maxpool2-")) + "flatten",
        ("alexnet-cifar", _) => () => "conv64@11/4p5b-relu-maxpool2-conv192@5p2b-relu-maxpool2-conv384@3b-relu-2*(conv256@3b-relu)-maxpool2-flatten",
        ("resnet-18", _) => ResNet,
        (_, ["wrn", var depth, var width]) => () => Wide(Number(name, depth, 10, 6, 4, "D = 6n + 4, such as 28"), Number(name, width, 1, 1, 0, "K ≥ 1")),
        (_, ["densenet", "bc", var depth, var growth]) => () => Dense(Number(name, depth, 10, 6, 4, "L = 6n + 4, such as 100"), Number(name, growth, 1, 1, 0, "G ≥ 1")),
        _ => null,
    };

    private static int Number(string name, string text, int least, int step, int rest, string rule) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= 10_000 && value >= least && value % step == rest % step
            ? value
            : throw new FormatException($"Preset \"{name}\": {text} is not allowed; {rule}.");

    // Blocks of two convolutions; where the size changes the shortcut is a 1 × 1 convolution.
    private static string ResNet()
    {
        static string Block(int filters, int stride) => stride == 1
            ? $"res(conv{filters}@3-bn-relu-conv{filters}@3-bn)-relu"
            : $"res(conv{filters}@3/{stride}-bn-relu-conv{filters}@3-bn|conv{filters}@1/{stride}-bn)-relu";
        return $"conv64@3-bn-relu-2*({Block(64, 1)})-{string.Join('-', new[] { 128, 256, 512 }.Select(filters => $"{Block(filters, 2)}-{Block(filters, 1)}"))}-gap";
    }

    // Pre-activation blocks (Zagoruyko & Komodakis 2016). Where the size changes, norm and ReLU stand before both branches.
    private static string Wide(int depth, int width)
    {
        int blocks = (depth - 4) / 6, channels = 16;
        var parts = new List<string> { "conv16@3" };
        foreach ((int filters, int stride) in new[] { (16 * width, 1), (32 * width, 2), (64 * width, 2) })
        {
            string tail = $"bn-relu-dropout0.3-conv{filters}@3", more = $"res(bn-relu-conv{filters}@3-{tail})", step = stride == 1 ? "" : $"/{stride}";
            bool changes = stride > 1 || filters != channels;
            parts.Add(changes ? $"bn-relu-res(conv{filters}@3{step}-{tail}|conv{filters}@1{step})" : more);
            parts.AddRange(blocks > 1 ? [$"{blocks - 1}*({more})"] : []);
            channels = filters;
        }

        return string.Join('-', parts) + "-bn-relu-gap";
    }

    // Bottlenecks of 4G filters, transitions to half the channels.
    private static string Dense(int depth, int growth)
    {
        int blocks = (depth - 4) / 6, channels = 2 * growth;
        var text = new System.Text.StringBuilder($"conv{channels}@3");
        for (int block = 0; block < 3; block++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{blocks}*(cat(bn-relu-conv{4 * growth}@1-bn-relu-conv{growth}@3))");
            channels += blocks * growth;
            if (block < 2)
            {
                channels /= 2;
                text.Append(CultureInfo.InvariantCulture, $"-bn-relu-conv{channels}@1-avgpool2");
            }
        }

        return text.Append("-bn-relu-gap").ToString();
    }
}

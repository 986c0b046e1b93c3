using System.Globalization;
using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>Reads the text form of an architecture, once, from left to right.</summary>
internal sealed class ArchitectureReader(string text)
{
    private const string Norm = "ln";
    private const string Residual = "res";
    private const string Gated = "gated";
    private const string Concatenation = "cat";
    private const string Encoded = "encode";

    private const int MostLayers = 10_000;
    private const int DeepestNesting = 16;
    private readonly Dictionary<Layer, int> starts = new(ReferenceEqualityComparer.Instance);
    private int position;
    private int nesting;

    public (InputLayer Input, List<Layer> Parts) Read()
    {
        InputLayer input = ReadInput();
        List<Layer> parts = AtEnd ? [] : ReadParts(inside: false);
        RequireFew(parts.Sum(LayerCount), 0);
        return (input, parts);
    }

    /// <summary>The error of a layer that was read, with its position.</summary>
    public FormatException Wrong(ShapeException error) => Wrong(starts.GetValueOrDefault(error.Layer), error.Message);

    private bool AtEnd => position == text.Length;

    private InputLayer ReadInput()
    {
        int start = position;
        string word = Word();
        if (Understood(() => TokenWords.ReadInput(word), start) is { } tokens)
        {
            return tokens;
        }

        string[] lengths = word.Split('x');
        if (lengths.Length is not (1 or 3) || !lengths.All(length => length.Length > 0 && length.All(char.IsAsciiDigit)))
        {
            throw Wrong(start, word.Length == 0
                ? "an architecture starts with its input: a number (784), an image shape (28x28x1) or tokens (tokens512x1024)."
                : $"\"{word}\" is no input. An architecture starts with a number (784), an image shape (28x28x1) or tokens (tokens512x1024).");
        }

        int[] values = [.. lengths.Select(length => Count(length, start))];
        decimal size = values.Aggregate(1m, (product, length) => product * length); // 3 · 31 bits pass a long
        return size > int.MaxValue
            ? throw Wrong(start, $"an input of {size} numbers is too large. At most {int.MaxValue} are allowed.")
            : new((int)size, values.Length == 3 ? new ImageShape(values[0], values[1], values[2]) : null);
    }

    private List<Layer> ReadParts(bool inside)
    {
        var parts = new List<Layer>();
        do
        {
            if (!inside || parts.Count > 0)
            {
                Expect('-');
            }

            parts.Add(ReadPart());
        }
        while (!AtEnd && !(inside && text[position] is ')' or '|'));
        return parts;
    }

    private Layer ReadPart()
    {
        int start = position;
        string word = Word();
        if (word.EndsWith('*') && !AtEnd && text[position] == '(' && IsDigits(word.AsSpan(0, word.Length - 1)))
        {
            int count = Count(word[..^1], start);
            List<Layer> repeated = ReadInside(start);
            RequireFew(repeated.Sum(LayerCount) * count, start);
            return new RepeatLayer(count, repeated);
        }

        Layer layer = word is Residual or Gated or Concatenation && !AtEnd && text[position] == '('
            ? ReadBrackets(word, start)
            : ReadWord(word, start);
        starts[layer] = start;
        return layer;
    }

    private Layer ReadBrackets(string word, int start) => word switch
    {
        Residual => ReadResidual(start),
        Gated => ReadGated(start),
        _ => new ConcatenationLayer(ReadInside(start)),
    };

    private Layer ReadWord(string word, int start)
    {

        if (IsDigits(word))
        {
            return new DenseLayer(Count(word, start));
        }

        if (word.StartsWith("scale", StringComparison.Ordinal))
        {
            return PlainNumber.TryParse(word.AsSpan(5), out double factor) && factor > 0
                ? new ScaleLayer(factor)
                : throw Wrong(start, $"\"{word}\" needs a positive number without an exponent after \"scale\", such as scale1.5.");
        }

        if (word.StartsWith(Encoded, StringComparison.Ordinal))
        {
            return int.TryParse(word.AsSpan(Encoded.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int octaves) && octaves is >= 1 and <= EncodingLayer.MostOctaves
                ? new EncodingLayer(octaves)
                : throw Wrong(start, $"\"{word}\" needs its octaves, from 1 to {EncodingLayer.MostOctaves}, as in 2-encode4-64-relu-1.");
        }

        if (word == Norm)
        {
            return new LayerNormLayer();
        }

        return Understood(() => Activation.TryParse(word), start) is { } activation
            ? new ActivationLayer(activation)
            : Understood(() => ImageWords.Read(word) ?? TokenWords.Read(word), start) ?? throw Unknown(word, start);
    }

    /// <summary>What a word means; an error about it gets its position.</summary>
    private T Understood<T>(Func<T> read, int start)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw Wrong(start, error.Message.TrimEnd('.') + ".");
        }
    }

    /// <summary>Parts in brackets, read from the opening one past the closing one.</summary>
    private List<Layer> ReadInside(int start)
    {
        Open(start);
        List<Layer> parts = ReadParts(inside: true);
        Close();
        return parts;
    }

    private ResidualLayer ReadResidual(int start)
    {
        Open(start);
        List<Layer> parts = ReadParts(inside: true), shortcut = [];
        if (!AtEnd && text[position] == '|')
        {
            position++;
            shortcut = ReadParts(inside: true);
        }

        Close();
        return new(parts, shortcut);
    }

    private GatedLayer ReadGated(int start)
    {
        List<Layer> parts = ReadInside(start);
        return parts[0] is not DenseLayer dense
            ? throw Wrong(start, $"a gated layer begins with its width, as in gated(64-tanh), not with \"{parts[0]}\".")
            : parts.Skip(1).FirstOrDefault(part => part is not (ActivationLayer or ScaleLayer or LayerNormLayer)) is { } other
            ? throw Wrong(start, $"behind the width of a gated layer stand activations, scales and ln, as in gated(64-ln-tanh), not \"{other}\".")
            : new(dense.Width, parts[1..]);
    }

    private void Open(int start)
    {
        if (++nesting > DeepestNesting)
        {
            throw Wrong(start, $"brackets are nested deeper than {DeepestNesting}.");
        }

        Expect('(');
    }

    private void Close()
    {
        Expect(')');
        nesting--;
    }

    private void RequireFew(long layers, int start)
    {
        if (layers > MostLayers)
        {
            throw Wrong(start, $"that makes {layers} layers. At most {MostLayers} are allowed.");
        }
    }

    private static long LayerCount(Layer layer) => layer switch
    {
        RepeatLayer repeat => repeat.Count * repeat.Parts.Sum(LayerCount),
        ResidualLayer residual => 1 + residual.Parts.Sum(LayerCount) + residual.Shortcut.Sum(LayerCount),
        GatedLayer gated => 1 + gated.Parts.Count,
        ConcatenationLayer joined => 1 + joined.Parts.Sum(LayerCount),
        _ => 1,
    };

    /// <summary>The characters up to the next "-", "|", "(", ")" or the end; a formula in square brackets is one word.</summary>
    private string Word()
    {
        int start = position;
        if (!AtEnd && text[position] == Formula.Opening)
        {
            int end = text.IndexOf(Formula.Closing, position);
            position = end < 0 ? throw Wrong(start, $"the formula that starts here has no \"{Formula.Closing}\".") : end + 1;
        }

        while (!AtEnd && text[position] is not ('-' or '|' or '(' or ')'))
        {
            position++;
        }

        return text[start..position];
    }

    private void Expect(char expected)
    {
        if (AtEnd || text[position] != expected)
        {
            string found = AtEnd ? "the end" : $"\"{text[position]}\"";
            throw Wrong(position, $"expected \"{expected}\" but found {found}.");
        }

        position++;
    }

    private int Count(string digits, int start) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1
            ? value
            : throw Wrong(start, $"{digits} must lie between 1 and {int.MaxValue}.");

    private static bool IsDigits(ReadOnlySpan<char> word) => word.Length > 0 && !word.ContainsAnyExceptInRange('0', '9');

    private FormatException Unknown(string word, int start)
    {
        string head = new([.. word.TakeWhile(char.IsAsciiLetter)]);
        if (word.Length == 0)
        {
            return Wrong(start, "a part is missing.");
        }

        if (head is Residual or Gated or Concatenation && word == head)
        {
            string example = head switch { Residual => "res(tanh) or res(64-relu-64)", Gated => "gated(64-tanh)", _ => "cat(bn-relu-conv12@3)" };
            return Wrong(start, $"\"{head}\" needs brackets, as in {example}.");
        }

        string[] known = [.. Activation.Names, "scale", Encoded, Norm, Residual, Gated, Concatenation, .. ImageWords.Names, .. TokenWords.Names];
        return Wrong(start, $"unknown part \"{word}\". {Nearest.Hint(head.Length > 0 ? head : word, known, "words besides widths (64) and n*( … )")}");
    }

    private FormatException Wrong(int start, string what) => new($"Architecture \"{text}\", position {start + 1}: {what}");
}

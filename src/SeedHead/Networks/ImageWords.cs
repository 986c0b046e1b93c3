using System.Globalization;

namespace SeedHead.Networks;

/// <summary>Reads the words of layers of images: conv64@11/4p5b, maxpool3/2, gap, flatten, bn, dropout0.3.</summary>
internal static class ImageWords
{
    private const string Convolution = "conv";
    private const string Maximum = "maxpool";
    private const string Average = "avgpool";
    private const string Dropout = "dropout";

    /// <summary>The words, for hints.</summary>
    public static string[] Names { get; } = [Convolution, Maximum, Average, "gap", "flatten", "bn", Dropout];

    /// <summary>The layer of a word, or null for a word that is not one of <see cref="Names"/>.</summary>
    /// <exception cref="FormatException">What follows the name is wrong: says what may stand there.</exception>
    public static Layer? Read(string word) => word switch
    {
        "gap" => new PoolingLayer(isMaximum: false, null, null),
        "flatten" => new FlattenLayer(),
        "bn" => new BatchNormLayer(),
        _ when word.StartsWith(Convolution, StringComparison.Ordinal) => ReadConvolution(word),
        _ when word.StartsWith(Maximum, StringComparison.Ordinal) => ReadPooling(word, Maximum),
        _ when word.StartsWith(Average, StringComparison.Ordinal) => ReadPooling(word, Average),
        _ when word.StartsWith(Dropout, StringComparison.Ordinal) => ReadDropout(word),
        _ => null,
    };

    private static ConvolutionLayer ReadConvolution(string word)
    {
        var rest = new Rest(word, Convolution.Length, "a convolution is written conv64@3: filters, @ and the kernel, then /2 for a stride, p1 for padding, g4 for groups, b for biases");
        int filters = rest.Number(), kernel = rest.After('@') ? rest.Number() : throw rest.Wrong();
        int stride = rest.After('/') ? rest.Number() : 1;
        int? padding = rest.After('p') ? rest.Number(least: 0) : null;
        int groups = rest.After('g') ? rest.Number() : 1;
        bool biased = rest.After('b');
        rest.End();
        return Built(word, () => new ConvolutionLayer(filters, kernel, stride, padding, groups, biased));
    }

    private static PoolingLayer ReadPooling(string word, string name)
    {
        var rest = new Rest(word, name.Length, $"a pooling is written {name}2, or {name}3/2 with a stride");
        int window = rest.Number();
        int? stride = rest.After('/') ? rest.Number() : null;
        rest.End();
        return new(name == Maximum, window, stride);
    }

    private static DropoutLayer ReadDropout(string word) =>
        PlainNumber.TryParse(word.AsSpan(Dropout.Length), out double rate) && rate < 1
            ? new(rate)
            : throw new FormatException($"\"{word}\" needs a rate of at least 0 and less than 1 behind \"{Dropout}\", such as dropout0.3.");

    private static T Built<T>(string word, Func<T> layer)
    {
        try
        {
            return layer();
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"\"{word}\": {error.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    /// <summary>What is left of a word, read from left to right.</summary>
    private struct Rest(string word, int position, string rule)
    {
        private int position = position;

        public int Number(int least = 1)
        {
            int start = position;
            while (position < word.Length && char.IsAsciiDigit(word[position]))
            {
                position++;
            }

            return int.TryParse(word.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least ? value : throw Wrong();
        }

        public bool After(char mark)
        {
            if (position < word.Length && word[position] == mark)
            {
                position++;
                return true;
            }

            return false;
        }

        public readonly void End()
        {
            if (position < word.Length)
            {
                throw Wrong();
            }
        }

        public readonly FormatException Wrong() => new($"\"{word}\" is not understood: {rule}.");
    }
}

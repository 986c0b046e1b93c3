using System.Globalization;
using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>Reads a formula: numbers, x, pi, + − * / ^ (a whole power), brackets and functions.</summary>
internal sealed class FormulaReader
{
    private const int LargestPower = 64;

    private static readonly Dictionary<string, FormulaOperation> OfOne = new(StringComparer.Ordinal)
    {
        ["exp"] = FormulaOperation.Exp, ["log"] = FormulaOperation.Log, ["sqrt"] = FormulaOperation.Sqrt, ["sin"] = FormulaOperation.Sin, ["cos"] = FormulaOperation.Cos,
        ["tanh"] = FormulaOperation.Tanh, ["sigmoid"] = FormulaOperation.Sigmoid, ["erf"] = FormulaOperation.Erf, ["softplus"] = FormulaOperation.Softplus,
        ["abs"] = FormulaOperation.Abs, ["relu"] = FormulaOperation.Relu, ["step"] = FormulaOperation.Step,
    };

    private static readonly Dictionary<string, FormulaOperation> OfTwo = new(StringComparer.Ordinal) { ["max"] = FormulaOperation.Max, ["min"] = FormulaOperation.Min };

    private readonly string text;
    private readonly List<FormulaStep> steps = [];
    private int position, height, depth;

    private FormulaReader(string text) => this.text = text;

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormatException">Not a formula: what and where.</exception>
    public static FormulaProgram Read(string text)
    {
        var reader = new FormulaReader(text);
        reader.Sum();
        return reader.Peek is not '\0' ? throw reader.Wrong($"\"{reader.Peek}\" is not expected here")
            : !reader.steps.Any(step => step.Operation == FormulaOperation.X) ? throw new FormatException($"The formula \"{text}\" has no x in it.")
            : new(text, reader.steps, reader.depth);
    }

    private char Peek
    {
        get
        {
            while (position < text.Length && text[position] == ' ')
            {
                position++;
            }

            return position < text.Length ? text[position] : '\0';
        }
    }

    private bool Take(char wanted)
    {
        if (Peek != wanted)
        {
            return false;
        }

        position++;
        return true;
    }

    private void Sum()
    {
        Product();
        while (Peek is '+' or '-')
        {
            FormulaOperation operation = text[position++] == '+' ? FormulaOperation.Add : FormulaOperation.Subtract;
            Product();
            Push(operation);
        }
    }

    private void Product()
    {
        Signed();
        while (Peek is '*' or '/')
        {
            FormulaOperation operation = text[position++] == '*' ? FormulaOperation.Multiply : FormulaOperation.Divide;
            Signed();
            Push(operation);
        }
    }

    private void Signed()
    {
        if (Take('-'))
        {
            Signed();
            Push(FormulaOperation.Negate);
        }
        else
        {
            Power();
        }
    }

    private void Power()
    {
        int first = steps.Count;
        Atom();
        if (!Take('^'))
        {
            return;
        }

        double power = Number() ?? throw Wrong("a whole number is expected behind \"^\"");
        if (power != Math.Truncate(power) || power is < 1 or > LargestPower)
        {
            throw Wrong($"the power {power.ToString(CultureInfo.InvariantCulture)} is not a whole number from 1 to {LargestPower}");
        }

        Raise(steps[first..], (int)power);
    }

    /// <summary>Squares and products, from the highest bit of the power down.</summary>
    private void Raise(List<FormulaStep> again, int power)
    {
        int most = depth + height; // the repeated part needs at most what it needed, above what lies there now
        for (int bit = 30 - int.LeadingZeroCount(power); bit >= 0; bit--)
        {
            Push(FormulaOperation.Square);
            if (((power >> bit) & 1) == 1)
            {
                steps.AddRange(again);
                steps.Add(new(FormulaOperation.Multiply));
                depth = Math.Max(depth, most);
            }
        }

        RequireRoom();
    }

    private void Atom()
    {
        if (Take('('))
        {
            Sum();
            Expect(')');
        }
        else if (Number() is { } number)
        {
            Push(FormulaOperation.Constant, number);
        }
        else
        {
            Named();
        }
    }

    private void Named()
    {
        int start = position;
        while (position < text.Length && char.IsAsciiLetter(text[position]))
        {
            position++;
        }

        string word = text[start..position];
        if (word is "x")
        {
            Push(FormulaOperation.X);
        }
        else if (word is "pi")
        {
            Push(FormulaOperation.Constant, Math.PI);
        }
        else if (OfOne.TryGetValue(word, out FormulaOperation one))
        {
            Expect('(');
            Sum();
            Expect(')');
            Push(one);
        }
        else if (OfTwo.TryGetValue(word, out FormulaOperation two))
        {
            Expect('(');
            Sum();
            Expect(',');
            Sum();
            Expect(')');
            Push(two);
        }
        else
        {
            position = start;
            throw Wrong(word.Length == 0
                ? Peek == '\0' ? "a number, x or a function is missing at the end" : $"\"{Peek}\" is not expected here"
                : $"\"{word}\" is not known. {Nearest.Hint(word, [.. OfOne.Keys, .. OfTwo.Keys, "x", "pi"], "words").TrimEnd('.')}");
        }
    }

    private double? Number()
    {
        _ = Peek;
        int start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        return start == position ? null
            : double.TryParse(text.AsSpan(start, position - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite((float)number) ? number
            : throw Wrong($"\"{text[start..position]}\" is no number of float32");
    }

    private void Push(FormulaOperation operation, double constant = 0)
    {
        height += operation <= FormulaOperation.X ? 1 : operation < FormulaOperation.Exp ? -1 : 0;
        depth = Math.Max(depth, height);
        steps.Add(new(operation, constant));
        RequireRoom();
    }

    private void RequireRoom()
    {
        if (depth > FormulaProgram.Deepest || steps.Count > 1000)
        {
            throw Wrong("the formula is too long");
        }
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
        {
            throw Wrong($"\"{wanted}\" is expected here");
        }
    }

    private FormatException Wrong(string what) => new($"The formula \"{text}\", character {Math.Min(position, text.Length) + 1}: {what}.");
}

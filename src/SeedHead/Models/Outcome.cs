using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Models;

/// <summary>What a model predicts, and how it is written as the K targets of a linear head.</summary>
/// <param name="Name">The target column's name.</param>
public abstract record Outcome(string Name)
{
    /// <summary>K, the number of head outputs.</summary>
    public abstract int Outputs { get; }

    internal static Outcome Of(Target target) => target switch
    {
        ClassTarget classes => new ClassOutcome(classes.Name, classes.Classes),
        NumberTarget numbers => NumberOutcome.Of(numbers),
        _ => throw new ArgumentException($"Unknown target {target.GetType().Name}.", nameof(target)),
    };

    /// <summary>Writes the targets [n × K].</summary>
    internal abstract void Encode(Target target, Strided<float> destination);
}

/// <summary>One of several classes: target k is 1 for rows of class k, else 0.</summary>
/// <param name="Name">The target column's name.</param>
/// <param name="Classes">The class names.</param>
public sealed record ClassOutcome(string Name, IReadOnlyList<string> Classes) : Outcome(Name)
{
    /// <inheritdoc/>
    public override int Outputs => Classes.Count;

    internal override void Encode(Target target, Strided<float> destination)
    {
        int[] codes = Codes(target);
        for (int i = 0; i < codes.Length; i++)
        {
            Span<float> row = destination.Row(i);
            row.Clear();
            if (codes[i] >= 0)
            {
                row[codes[i]] = 1;
            }
        }
    }

    /// <summary>The rows' classes as indices into <see cref="Classes"/>; −1 for a class the model does not know.</summary>
    internal int[] Codes(Target target)
    {
        if (target is not ClassTarget given)
        {
            throw new DataException($"Target '{target.Name}' holds numbers, but the model predicts the classes {Summary()}. Give class labels.");
        }

        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < Classes.Count; k++)
        {
            index[Classes[k]] = k;
        }

        int[] map = [.. given.Classes.Select(name => index.GetValueOrDefault(name, -1))];
        return [.. given.Codes.Select(code => code < 0 ? -1 : map[code])];
    }

    private string Summary() => string.Join(", ", Classes.Take(5)) + (Classes.Count > 5 ? ", …" : "");
}

/// <summary>A number, centred and scaled to unit variance for the head.</summary>
/// <param name="Name">The target column's name.</param>
/// <param name="Mean">Subtracted, in target units.</param>
/// <param name="Scale">Divided by, in target units; 1 for a constant target.</param>
public sealed record NumberOutcome(string Name, double Mean, double Scale) : Outcome(Name)
{
    /// <inheritdoc/>
    public override int Outputs => 1;

    internal static NumberOutcome Of(NumberTarget target)
    {
        double mean = target.Values.Sum() / target.Values.Length;
        double squares = target.Values.Sum(value => (value - mean) * (value - mean));
        double scale = Math.Sqrt(squares / target.Values.Length);
        return new(target.Name, mean, scale > 1e-12 * Math.Abs(mean) && scale > 0 ? scale : 1);
    }

    internal override void Encode(Target target, Strided<float> destination)
    {
        double[] values = Values(target);
        for (int i = 0; i < values.Length; i++)
        {
            destination[i, 0] = (float)((values[i] - Mean) / Scale);
        }
    }

    internal double[] Values(Target target) => target is NumberTarget numbers
        ? numbers.Values
        : throw new DataException($"Target '{target.Name}' holds class labels, but the model predicts a number. Give numbers, or fit with --task classification.");
}

using System.Globalization;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>A function applied to every number of a layer; a value with a text form. Immutable.</summary>
public abstract class Activation : IEquatable<Activation>
{
    private const string Leaky = "leaky";

    private static readonly Dictionary<string, Func<Activation>> Known = new(StringComparer.Ordinal)
    {
        [Identity.Word] = () => new Activation<Identity>(default),
        [Networks.Relu.Word] = () => new Activation<Relu>(default),
        [Gelu.Word] = () => new Activation<Gelu>(default),
        [GeluTanh.Word] = () => new Activation<GeluTanh>(default),
        [Silu.Word] = () => new Activation<Silu>(default),
        [Softplus.Word] = () => new Activation<Softplus>(default),
        [Tanh.Word] = () => new Activation<Tanh>(default),
        [Sigmoid.Word] = () => new Activation<Sigmoid>(default),
        [Erf.Word] = () => new Activation<Erf>(default),
        [Elu.Word] = () => new Activation<Elu>(default),
        [Selu.Word] = () => new Activation<Selu>(default),
        [Sine.Word] = () => new Activation<Sine>(default),
        [Cosine.Word] = () => new Activation<Cosine>(default),
        [Gaussian.Word] = () => new Activation<Gaussian>(default),
        [Absolute.Word] = () => new Activation<Absolute>(default),
        [Step.Word] = () => new Activation<Step>(default),
        [Sign.Word] = () => new Activation<Sign>(default),
        [Square.Word] = () => new Activation<Square>(default),
    };

    private protected Activation()
    {
    }

    /// <summary>The words <see cref="Parse"/> knows; "leaky" takes its slope behind it, as in "leaky0.1". Besides them it reads formulas, as in "[x + sin(x)^2]".</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys, Leaky];

    /// <summary>The text form, e.g. "relu" or "leaky0.1".</summary>
    public abstract string Text { get; }

    /// <summary>Whether it behaves like ReLU (zero or small on one side, growing on the other), so that He's variance suits it.</summary>
    public abstract bool IsRectifier { get; }

    /// <summary>Whether φ(x) = +0 on a whole half-line.</summary>
    internal abstract bool HasZeros { get; }

    /// <summary>φ(x).</summary>
    /// <param name="x">A number.</param>
    public abstract float Value(float x);

    /// <summary>φ′(x); at a kink the value from the right.</summary>
    /// <param name="x">A number.</param>
    public abstract float Derivative(float x);

    /// <summary>E[φ(u)·φ(v)] for (u, v) normal with mean 0, variances a and b, and covariance c.</summary>
    /// <remarks>Closed where a closed form is known, else by quadrature; formulas, sources and errors: docs/math/kernels.md.</remarks>
    /// <param name="a">Variance of u, at least 0.</param>
    /// <param name="b">Variance of v, at least 0.</param>
    /// <param name="c">Covariance, at most √(ab) in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such pair of normal numbers.</exception>
    public double Dual(double a, double b, double c) => CheckedDuals(a, b, c).Dual;

    /// <summary>E[φ′(u)·φ′(v)] for the same pairs; of step and sign 0, their derivative away from the jump.</summary>
    /// <param name="a">Variance of u, at least 0.</param>
    /// <param name="b">Variance of v, at least 0.</param>
    /// <param name="c">Covariance, at most √(ab) in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such pair of normal numbers.</exception>
    public double DualOfGradient(double a, double b, double c) => CheckedDuals(a, b, c).OfGradient;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">E.g. "relu", or a formula of x in square brackets: numbers, pi, + − * / ^, max, min, and functions of one number (docs/text-forms.md).</param>
    /// <exception cref="FormatException">Not an activation: names the nearest. Not a formula: what is wrong and where.</exception>
    public static Activation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text) ?? throw new FormatException(
            $"\"{text}\" is no activation. Did you mean \"{Data.Nearest.Find(text, Names) ?? "relu"}\"? Activations are {string.Join(", ", Names)}, and formulas as in [x*tanh(x)].");
    }

    /// <summary>The activation of a text, or null.</summary>
    internal static Activation? TryParse(string text)
    {
        if (Known.TryGetValue(text, out Func<Activation>? create))
        {
            return create();
        }

        if (text.Length > 2 && text[0] == Formula.Opening && text[^1] == Formula.Closing)
        {
            return new Activation<Formula>(new Formula(FormulaReader.Read(text[1..^1])));
        }

        return text.StartsWith(Leaky, StringComparison.Ordinal)
            && float.TryParse(text.AsSpan(Leaky.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out float slope)
            ? new Activation<LeakyRelu>(new LeakyRelu(slope))
            : null;
    }

    /// <summary>values ← φ(values), each with the bits of <see cref="Value"/>.</summary>
    internal abstract void Apply(Span<float> values);

    /// <summary>values ← values + φ(values).</summary>
    internal abstract void ApplyAdding(Span<float> values);

    /// <summary>As <see cref="Apply(Span{float})"/> or <see cref="ApplyAdding"/> for a panel, after adding its bias to every feature; no biases are 0.</summary>
    internal abstract void Apply(in Strided<float> panel, ReadOnlySpan<float> biases, bool adding);

    /// <summary>derivative ← φ′(x).</summary>
    internal abstract void Derivative(ReadOnlySpan<float> x, Span<float> derivative);

    /// <summary>c ← E[φ(u)·φ(v)] and gradient ← E[φ′(u)·φ′(v)], element by element, for variances a of u and b of v and covariances c; an empty gradient is not wanted.</summary>
    /// <remarks>An element depends on its own a, b and c alone. Functions without a closed form read tables here: within 10⁻¹⁰ of √(E[φ(u)²]·E[φ(v)²]) beside <see cref="Dual"/>.</remarks>
    internal abstract void Duals(double a, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient);

    /// <summary>E[φ(u)·φ(v)] and E[φ′(u)·φ′(v)] of one pair, without tables.</summary>
    private protected abstract (double Dual, double OfGradient) Pair(double a, double b, double c);

    private (double Dual, double OfGradient) CheckedDuals(double a, double b, double c)
    {
        if (!(a >= 0 && b >= 0 && double.IsFinite(a) && double.IsFinite(b)))
        {
            throw new ArgumentOutOfRangeException(nameof(a), $"The variances {a} and {b} must be finite and at least 0.");
        }

        if (!(Math.Abs(c) <= Math.Sqrt(a * b) * (1 + 1e-12)))
        {
            throw new ArgumentOutOfRangeException(nameof(c), $"The covariance {c} must be at most √({a} · {b}) = {Math.Sqrt(a * b)} in size.");
        }

        return Pair(a, b, c);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public bool Equals(Activation? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}

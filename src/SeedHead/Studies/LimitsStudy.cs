namespace SeedHead.Studies;

/// <summary>A study of limits: its words, its usual lists, and how its curves come about.</summary>
internal sealed record LimitsStudy(string Name, string Title, string Axis, string Quantity, string Quantifiers)
{
    private const int MostFeatures = 40_000;

    private const string Scale = " Relative error: mean squared error over E g², so that 1 is the error of predicting 0. Output weights are not limited unless said."
        + " The published theorem speaks of an absolute error of 1/50 for a neuron with weights of length about d³, a relative error of about 1/(25·d⁶).";

    public IReadOnlyList<int> Dimensions { get; init; } = [];

    public IReadOnlyList<int> Widths { get; init; } = [];

    public IReadOnlyList<double> Biases { get; init; } = [];

    /// <summary>Whether a neuron gives d features.</summary>
    public bool Tangents { get; init; }

    /// <summary>Numbers a draw keeps beside its Gram matrix.</summary>
    public Func<LimitsQuestion, double> Rows { get; init; } = _ => 0;

    /// <summary>Operations of a draw and dimension beside those of its Gram matrix.</summary>
    public Func<LimitsQuestion, double> Work { get; init; } = _ => 0;

    public required Func<LimitsQuestion, Execution, List<string>, IEnumerable<LimitsCurve>> Curves { get; init; }

    public static IReadOnlyList<LimitsStudy> All { get; } =
    [
        new("E1", "Random ReLU features and one ReLU neuron", "features", "relative error",
            "Target: one unbiased ReLU neuron, any direction. Features: unbiased ReLU, directions uniform on the sphere. Bound: no N features fixed beforehand do better in the mean over directions." + Scale)
        {
            Dimensions = [3, 5, 9], Widths = [4, 8, 16, 32, 64, 128, 256], Curves = LimitsNeuronStudies.OneNeuron,
        },
        new("E2", "How many features any fixed family needs", "dimension", "log10 of features",
            "Target: one unbiased ReLU neuron with weights of length 1, so that E g² = ½. The lower bound on N for a mean squared error ε, whatever the features and their weights; 1/(50·d⁶) is the scale of the published theorem.")
        {
            Dimensions = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], Curves = LimitsBoundStudies.Needed,
        },
        new("E3", "The sine of a random direction is almost orthogonal to every fixed function", "dimension", "mean squared correlation",
            "E_w of the squared correlation of f with √2·sin(π/2·⟨w, x⟩), ‖w‖ = √d or d, directions uniform, f one feature of a fixed direction u of length 1 (ReLU, tanh, cosine, tangent), or a neuron of a deep random network. Bound: the largest eigenvalue, that of the best f there is.")
        {
            Dimensions = [2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60], Curves = LimitsBoundStudies.Correlations,
        },
        new("E4", "How large the output weights must be", "dimension", "r·max|u|·B",
            "Target: g = [⟨w, x⟩ + 1]₊ with ‖w‖ = √d. Features: r ReLU neurons with biases N(0, 1), directions uniform on the sphere, B the largest norm of one. The floor is the error of every predictor "
            + "orthogonal to the wave of the proof; the bound holds for at least half of all directions w, whatever the r features of norm at most B." + Scale)
        {
            Dimensions = [3, 5, 8, 12, 20, 40], Widths = [128], Curves = LimitsWeightStudy.Sizes,
        },
        new("E5", "Features that lean towards the target", "angle in degrees", "relative error",
            "Target: one unbiased ReLU neuron v. Features: unbiased ReLU along cos a·v + sin a·u, u uniform on the sphere. At 90° the law is rotation-invariant and the limit holds; features that know the target escape it." + Scale)
        {
            Dimensions = [5, 10, 20], Widths = [64], Curves = LimitsNeuronStudies.Leaning,
        },
        new("E6", "Low-degree polynomials are learned, one degree after the other", "features", "relative error",
            "Targets: h_k(⟨v, x⟩) = He_k/√k!, k = 1 … 4. Features: ReLU with biases N(0, 1), directions uniform on the sphere. Bound: no N features fixed beforehand do better in the mean over directions; half the error near N = d^k/k!." + Scale)
        {
            Dimensions = [5, 10, 20], Widths = [8, 32, 128, 256], Curves = LimitsNeuronStudies.Polynomials,
        },
        new("E7", "Descent on both layers, and on the last alone", "steps or neurons", "relative error, or relative movement",
            "Targets: h_k(⟨v, x⟩). A network of one hidden layer of ReLU neurons, ‖w‖ = 1, biases N(0, 1), learned by descent on fresh rows: all weights with a step η/r from output weights 0 (the theorem's start), "
            + "or output weights by η/r and the first layer by η from output weights ±1/√r in opposite pairs (the tangent scale)." + Scale)
        {
            Dimensions = [5], Widths = [16, 64, 256], Curves = LimitsDescentStudy.Layers, Work = LimitsDescentStudy.Work,
        },
        new("E8", "Descent learns the neuron with samples in proportion to the dimension", "dimension", "samples, or relative error",
            "Target: one unbiased ReLU neuron, ‖v‖ = 1. Online descent on one neuron from N(0, I/d), step 0.5/d, one fresh row a step, until ½·E (difference)² is at most 1e-3 or 1e-6. Beside it the exact error of random features of one width." + Scale)
        {
            Dimensions = [10, 20, 50, 100, 200, 300], Widths = [256], Curves = LimitsNeuronStudies.Descent,
        },
        new("E9", "Tangent features", "neurons", "relative error",
            "Target: one unbiased ReLU neuron. Features: x_j·1{⟨w_i, x⟩ > 0}, d a neuron; beside them the ReLU features of as many parameters. Bound: that of N·d fixed features." + Scale)
        {
            Dimensions = [5, 10, 20], Widths = [8, 32, 64], Tangents = true, Curves = LimitsNeuronStudies.Tangents,
        },
        new("E10", "Without biases odd degrees are out of reach", "features", "relative error",
            "Targets: h_2 and h_3 of ⟨v, x⟩. Features: ReLU, directions uniform on the sphere, with biases N(0, 1) or without. Without, h_3 keeps an error of 1 and h_2 that of the best function that grows like the radius." + Scale)
        {
            Dimensions = [5, 10, 20], Widths = [8, 32, 128, 256], Curves = LimitsNeuronStudies.Biases,
        },
        new("E11", "Tolerance and bias", "features", "relative error",
            "Target: one ReLU neuron with weights of length 1 and bias β; below 0 it fires rarely and is harder at equal relative error. Features: ReLU with biases N(0, 1), directions uniform on the sphere." + Scale)
        {
            Dimensions = [5, 10], Widths = [8, 32, 128, 256], Biases = [0, 0.5, 1, -1, -2], Curves = LimitsNeuronStudies.Tolerance,
        },
        new("E12", "The periodic function of the proof", "place", "value",
            "ψ, a sum of a + 1 = 6d² + 2 ReLU neurons, beside the triangle wave it is on [−a, a] (as bound), and the energy of √2·sin(ω·Z) by Hermite degree for ω = π/2·√d: a Poisson law of odd numbers.")
        {
            Dimensions = [2, 3], Curves = LimitsBoundStudies.Wave,
        },
        new("E13", "Kernel regression learns one degree after the other in the number of rows", "rows", "relative error",
            "Targets: the polynomial of degree k around v on the sphere of radius √d, without noise; rows uniform on it. Kernels of one hidden layer of ReLU at infinite width, biases of variance 1, without penalty. "
            + "Bound: n functions k(x_i, ·) fixed beforehand leave 1 − n/M, M the number of independent polynomials of degree k; n rows near d^k/k! learn degree k." + Scale)
        {
            Dimensions = [5, 10], Widths = [4, 8, 16, 32, 64, 128, 256, 512, 1024], Curves = LimitsRows.Regression, Rows = LimitsRows.Numbers,
        },
        new("E14", "Targets of growing frequency", "features", "relative error",
            "Target: √2·cos(ω⟨v, x⟩ + π/4), Lipschitz constant √2·ω, energy 1. Features: ReLU with biases N(0, 1), directions uniform on the sphere. Bound: no N features fixed beforehand do better in the mean over directions." + Scale)
        {
            Dimensions = [3, 5, 10], Widths = [8, 32, 128, 256], Curves = LimitsWaves.Growing,
        },
        new("E15", "Parities", "features", "relative error",
            "Target: the product of k coordinates, any set of k, over x uniform on the corners {−1, 1}^d, all of which are averaged. Features: ReLU with biases N(0, 1), directions uniform on the sphere. "
            + "Bound: there are C(d, k) orthogonal parities, of which N features fixed beforehand leave 1 − N/C(d, k) in the mean." + Scale)
        {
            Dimensions = [8, 10], Widths = [8, 32, 128, 256], Curves = LimitsWaves.Parities, Rows = LimitsWaves.Numbers,
        },
        new("E16", "Other laws of the input", "features", "relative error",
            "Target: one unbiased ReLU neuron, any direction. Features: unbiased ReLU, directions uniform on the sphere. Coordinates independent, of variance 1: Gaussian, uniform, Student's t. By rows: an upper and a lower "
            + "estimate of the least error. The bound is that of the Gaussian law." + Scale)
        {
            Dimensions = [5, 10], Widths = [8, 32, 128], Curves = LimitsSampled.Inputs, Rows = LimitsSampled.Numbers, Work = LimitsSampled.Work,
        },
        new("E17", "Other features", "features", "relative error",
            "Target: one unbiased ReLU neuron, x ~ N(0, I_d). Features: one hidden layer of ReLU, tanh, cosine with biases N(0, 1); the last of 2 or 3 hidden layers of ReLU; tangent features. By rows: an upper and a lower "
            + "estimate of the least error. Bound: no N features fixed beforehand do better in the mean over directions." + Scale)
        {
            Dimensions = [5, 10], Widths = [8, 32, 128], Curves = LimitsSampled.Features, Rows = LimitsSampled.Numbers, Work = LimitsSampled.Work,
        },
    ];

    public static LimitsStudy Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(study => string.Equals(study.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"'{name}' is not a study of limits. There are {string.Join(", ", All.Select(study => study.Name))}.");
    }

    /// <summary>The features of the largest Gram matrix.</summary>
    /// <exception cref="ArgumentException">More than one matrix can hold.</exception>
    public long LargestGram(LimitsQuestion question)
    {
        long largest = question.Widths.DefaultIfEmpty(0).Max() * (Tangents ? (long)question.Dimensions.Max() : 1);
        return largest <= MostFeatures
            ? largest
            : throw new ArgumentException($"{Name} would need {largest} features at once; at most {MostFeatures} are possible. Take a smaller --width or --dimension.");
    }
}

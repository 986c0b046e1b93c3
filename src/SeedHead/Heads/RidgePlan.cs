namespace SeedHead.Heads;

/// <summary>What a fit will do and need, from the shape and the options alone: followed by the fit, read by forecasts.</summary>
internal readonly record struct RidgePlan
{
    /// <summary>Penalties a coarse-to-fine search evaluates, about.</summary>
    public const int SearchLength = 11;

    /// <param name="rows">n.</param>
    /// <param name="features">D.</param>
    /// <param name="outputs">K.</param>
    /// <param name="options">The options.</param>
    public RidgePlan(int rows, int features, int outputs, RidgeOptions options)
    {
        (Rows, Features, Outputs) = (rows, features, outputs);
        Penalties = options.Penalties?.Count;
        double squares = (double)features * features;
        Dual = rows < features && !options.KeepSums;
        DoublePrecision = Dual || options.KeepSums || rows * squares <= options.DoublePrecisionBudget;

        // One decomposition costs about as much as three penalties by Cholesky factors.
        Decomposes = !Dual && features <= EigenPath.MostFeatures && Penalties is not < 3;
        double perRow = squares * (Decomposes ? 2 : Penalties ?? SearchLength);
        Holds = rows <= LeftOutRows.MostHeld || rows * perRow > options.LeaveOneOutBudget;
        LeftOut = rows < 2 ? 0
            : Dual || !Holds || rows <= LeftOutRows.MostHeld ? rows
            : (int)Math.Clamp(options.LeaveOneOutBudget / perRow, LeftOutRows.FewestSampled, LeftOutRows.MostHeld);
        Refines = options.Refine && !DoublePrecision;
    }

    public int Rows { get; }

    public int Features { get; }

    public int Outputs { get; }

    /// <summary>Penalties given, or null for the usual path.</summary>
    public int? Penalties { get; }

    /// <summary>Whether the form is dual: [n × n] instead of [D × D].</summary>
    public bool Dual { get; }

    /// <summary>Whether the sums' products are taken in float64.</summary>
    public bool DoublePrecision { get; }

    /// <summary>Whether one eigen-decomposition serves all penalties.</summary>
    public bool Decomposes { get; }

    /// <summary>Rows left out one by one: all, a sample, or 0.</summary>
    public int LeftOut { get; }

    /// <summary>Whether those rows are held in memory; if not they are made again.</summary>
    public bool Holds { get; }

    /// <summary>Whether the coefficients are refined from the rows.</summary>
    public bool Refines { get; }

    /// <summary>Times every row's features are made.</summary>
    public int FeaturePasses =>
        1 + (Dual || Holds ? 0 : Decomposes ? 1 : Penalties ?? SearchLength) + (Refines && (Holds ? LeftOut < Rows : !Decomposes) ? 1 : 0);

    /// <summary>Bytes the fit allocates at its peak, besides what makes the features; within a fifth for D above 500.</summary>
    public long Bytes => Dual ? DualBytes : PrimalBytes;

    /// <summary>Floating-point operations besides making the features; float64 counts twice. For the forecast of seconds: within a factor of 2.</summary>
    public double Operations => Dual ? DualOperations : PrimalOperations;

    private long DualBytes => (4L * Rows * Features) + (8L * Rows * (Rows + 512)) + (8L * Features * Outputs);

    private long PrimalBytes
    {
        get
        {
            long d = Features, matrix = 8 * d * d, block = 4 * d * Math.Min(Rows, GramSums.BlockRows), read = Holds ? 0 : block;
            long held = Holds ? 4 * d * LeftOut : 0, turned = 2 * d * Math.Min(LeftOut, EigenPath.BlockRows), size = Holds ? 8 : 4;
            int penalties = Penalties ?? RidgeOptions.UsualPenalties.Count;
            long scores = Math.Min((long)LeftOut * Outputs * penalties, Ridge.MostScores) * 4;
            long coefficients = 8 * d * Outputs * (penalties * (Decomposes && Refines && !Holds ? 4 : 1) + 3);
            long sum = block + (DoublePrecision ? 512 * 8 * d : 0);
            long solve = Decomposes ? Math.Max(4 * matrix, matrix + (size * ((d * d) + turned)) + read) + scores : (PrimalPath.Columns * 8 * d) + read + (4L * LeftOut * Outputs * 3);
            return matrix + held + coefficients + Math.Max(sum, solve);
        }
    }

    private double DualOperations
    {
        get
        {
            double n = Rows;
            return 2 * ((n * n * Features) + ((Penalties ?? SearchLength) * n * n * n * 2 / 3));
        }
    }

    private double PrimalOperations
    {
        get
        {
            double d = Features, cube = d * d * d, gram = (double)Rows * d * d * (DoublePrecision ? 2 : 1), turn = 2 * d * d * LeftOut * (Holds ? 2 : 1);
            double path = Decomposes ? (25 * cube) + turn
                : (Penalties ?? SearchLength) * 2 * ((cube / 3) + (d * d * LeftOut));
            return gram + path;
        }
    }
}

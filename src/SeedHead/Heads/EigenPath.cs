using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Ridges at many penalties from one eigen-decomposition G = QΣQᵀ, and their leave-one-out errors from one pass over the rows.</summary>
/// <remarks>
/// With z = Qᵀφ̃ and C = QᵀB, every penalty's leverage is 1/n + Σⱼ zⱼ²/(σⱼ + λ) and its coefficients V = QC/(Σ + λ).
/// Rows that are held are turned in float64; streamed ones in float32, which costs a leverage about 10⁻⁶·√(D·h/(n·λ)), λ relative. The pass over
/// streamed rows also sums Φ̃ᵀ(Ỹ − Φ̃V) for every penalty, from which the coefficients are refined at once: a pass fewer than by itself.
/// </remarks>
internal sealed unsafe class EigenPath : IDisposable
{
    /// <summary>Features up to which one decomposition is worth more than a Cholesky factor a penalty.</summary>
    public const int MostFeatures = 2048;

    /// <summary>Rows turned at once.</summary>
    public const int BlockRows = 2048;

    private const int RowsTogether = 32; // of a task between products

    private readonly Team team;
    private readonly CentredSums sums;
    private readonly LeftOutRows? rows;
    private readonly Strided<float> targets;
    private readonly bool classification, refines;
    private readonly NativeBuffer<double> vectorBuffer, rightBuffer;
    private readonly double[] values, means;
    private readonly int features, outputs;

    public EigenPath(Team team, CentredSums sums, LeftOutRows? rows, Strided<float> targets, bool classification, bool refines)
    {
        this.team = team;
        this.sums = sums;
        this.rows = rows;
        this.targets = targets;
        this.classification = classification;
        this.refines = refines && rows is StreamedRows;
        means = sums.PreparedMeans;
        features = sums.FeatureCount;
        outputs = sums.Outputs;
        vectorBuffer = new((long)features * features);
        rightBuffer = new((long)features * outputs);
        values = new double[features];
        sums.Fill(team, 0);
        SymmetricEigen.Decompose(team, sums.Factor, values, Vectors);
        sums.Restore();
        using var b = new NativeBuffer<double>((long)features * outputs);
        var right = Strided<double>.RowMajor(b, features, outputs);
        sums.RightHandSide(right);
        MatrixProduct.Multiply(team, Vectors.Transpose, right, Right);
    }

    // Q
    private Strided<double> Vectors => Strided<double>.RowMajor(vectorBuffer, features, features);

    // C = QᵀB
    private Strided<double> Right => Strided<double>.RowMajor(rightBuffer, features, outputs);

    /// <summary>The ridges at relative penalties, ascending; too ill-conditioned ones are missing.</summary>
    public IReadOnlyList<Candidate> Evaluate(IReadOnlyList<double> penalties)
    {
        double[] accepted = [.. penalties.Where(penalty => Condition(penalty * sums.Unit) <= PrimalPath.MostCondition)];
        double[] absolutes = [.. accepted.Select(penalty => penalty * sums.Unit)];
        if (accepted.Length == 0)
        {
            return [];
        }

        int columns = absolutes.Length * outputs;
        using var shrunk = Shrunk(absolutes);
        using var turned = new NativeBuffer<double>(shrunk.Length);
        using var gradient = refines ? new NativeBuffer<double>(shrunk.Length) : null;
        var coefficients = Strided<double>.RowMajor(turned, features, columns);
        MatrixProduct.Multiply(team, Vectors, Strided<double>.RowMajor(shrunk, features, columns), coefficients);
        var (errors, squares) = rows switch
        {
            null => (null, null),
            HeldRows => LeaveOut(TileSets.Double, rows, absolutes, turned, (_, _) => { }),
            _ => LeaveOut(TileSets.Float, rows, absolutes, turned, Ascend),
        };
        bool[] refined = gradient is null ? new bool[accepted.Length] : Refine(absolutes, coefficients, Strided<double>.RowMajor(gradient, features, columns));
        return [.. accepted.Select((penalty, p) => Judge(penalty, absolutes[p], errors?[p], squares?[p]).With(Part(coefficients, p), refined[p]))];

        void Ascend(Strided<float> block, Strided<float> residuals)
        {
            if (gradient is not null)
            {
                GramProduct.AddCross(team, TileSets.Float, block, residuals, Strided<double>.RowMajor(gradient, features, columns));
            }
        }
    }

    public void Dispose()
    {
        vectorBuffer.Dispose();
        rightBuffer.Dispose();
    }

    private double Condition(double absolute) =>
        values[0] + absolute > 0 ? (values[^1] + absolute) / (values[0] + absolute) : double.PositiveInfinity;

    // [D × P·K]: C/(σ + λ), penalty after penalty.
    private NativeBuffer<double> Shrunk(double[] absolutes)
    {
        var buffer = new NativeBuffer<double>((long)features * absolutes.Length * outputs);
        var shrunk = Strided<double>.RowMajor(buffer, features, absolutes.Length * outputs);
        for (int j = 0; j < features; j++)
        {
            for (int p = 0; p < absolutes.Length; p++)
            {
                for (int k = 0; k < outputs; k++)
                {
                    shrunk[j, (p * outputs) + k] = Right[j, k] / (values[j] + absolutes[p]);
                }
            }
        }

        return buffer;
    }

    // V ← V + Q(Σ + λ)⁻¹(Qᵀg − λQᵀV) with g = Φ̃ᵀ(Ỹ − Φ̃V) from the rows themselves; says for each penalty whether that was enough.
    private bool[] Refine(double[] absolutes, Strided<double> coefficients, Strided<double> gradient)
    {
        using var stepBuffer = new NativeBuffer<double>(coefficients.Rows * coefficients.Columns);
        var step = Strided<double>.RowMajor(stepBuffer, coefficients.Rows, coefficients.Columns);
        AddScaled(coefficients, gradient, absolutes, -1);
        MatrixProduct.Multiply(team, Vectors.Transpose, gradient, step);
        for (int j = 0; j < features; j++)
        {
            for (int c = 0; c < step.Columns; c++)
            {
                step[j, c] /= values[j] + absolutes[c / outputs];
            }
        }

        MatrixProduct.Multiply(team, Vectors, step, gradient);
        double[] changes = [.. absolutes.Select((_, p) => Math.Sqrt(SquareSum(gradient, p) / Math.Max(SquareSum(coefficients, p), double.Epsilon)))];
        double[] taken = [.. changes.Select(change => change < 1 ? 1.0 : 0)]; // else the sums are too coarse for this penalty
        AddScaled(gradient, coefficients, taken, 1);
        return [.. changes.Select(change => change <= PrimalPath.EnoughChange)];
    }

    // to[j, (p, k)] += sign · factors[p] · from[j, (p, k)]
    private void AddScaled(Strided<double> from, Strided<double> to, double[] factors, double sign)
    {
        for (int j = 0; j < features; j++)
        {
            Span<double> source = from.Row(j), target = to.Row(j);
            for (int c = 0; c < target.Length; c++)
            {
                target[c] += sign * factors[c / outputs] * source[c];
            }
        }
    }

    private double SquareSum(Strided<double> matrix, int p)
    {
        double sum = 0;
        for (int j = 0; j < features; j++)
        {
            foreach (double value in matrix.Row(j).Slice(p * outputs, outputs))
            {
                sum += value * value;
            }
        }

        return sum;
    }

    private double[] Part(Strided<double> coefficients, int p)
    {
        var part = new double[checked(features * outputs)];
        for (int j = 0; j < features; j++)
        {
            coefficients.Row(j).Slice(p * outputs, outputs).CopyTo(part.AsSpan(j * outputs));
        }

        return part;
    }

    private Candidate Judge(double penalty, double absolute, LeaveOneOutErrors? errors, double? visitedSquares)
    {
        bool all = errors is not null && rows!.Rows.Length == sums.Rows;
        double degrees = all ? errors!.Leverages!.Sum() : Trace(absolute);
        double squares = all ? visitedSquares!.Value : ResidualSquares(absolute);
        return new()
        {
            Penalty = penalty,
            AbsolutePenalty = absolute,
            Condition = Condition(absolute),
            DegreesOfFreedom = degrees,
            GeneralisedCrossValidation = Candidate.Gcv(squares, sums.Rows, degrees, outputs),
            Errors = errors?.Finished(team),
        };
    }

    // Σ σ/(σ + λ) + 1 for the intercept; dead features stand in G with the value Unit.
    private double Trace(double absolute) =>
        values.Sum(value => value / (value + absolute)) - ((features - sums.Alive) * sums.Unit / (sums.Unit + absolute)) + 1;

    // ‖Y‖² − Σ v(C + λv) with v = C/(σ + λ), as in PrimalPath.
    private double ResidualSquares(double absolute)
    {
        double explained = 0;
        for (int j = 0; j < features; j++)
        {
            for (int k = 0; k < outputs; k++)
            {
                double v = Right[j, k] / (values[j] + absolute);
                explained += v * (Right[j, k] + (absolute * v));
            }
        }

        return sums.Residual(explained);
    }

    private (LeaveOneOutErrors[] Errors, double[] Squares) LeaveOut<T>(
        TileSet<T> tiles, LeftOutRows visited, double[] absolutes, NativeBuffer<double> coefficients, Action<Strided<T>, Strided<T>> see)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = absolutes.Length, height = (int)Math.Min(BlockRows, visited.Rows.Length);
        LeaveOneOutErrors[] errors = [.. absolutes.Select(_ => new LeaveOneOutErrors(visited.Rows.Length, outputs, classification))];
        var squares = new double[count];
        using var q = Converted<T>(vectorBuffer);
        using var c = Converted<T>(coefficients);
        using var s = Inverses<T>(absolutes);
        using var x = new NativeBuffer<T>((long)height * features);
        using var z = new NativeBuffer<T>((long)height * features);
        using var f = new NativeBuffer<T>((long)height * count * outputs);
        using var h = new NativeBuffer<T>((long)height * count);
        visited.Visit(team, (start, block) =>
        {
            for (int r0 = 0; r0 < block.Rows; r0 += BlockRows)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                long b = Math.Min(BlockRows, block.Rows - r0);
                Strided<T> rowsX = Strided<T>.RowMajor(x, b, features), rowsZ = Strided<T>.RowMajor(z, b, features);
                Strided<T> fitted = Strided<T>.RowMajor(f, b, count * outputs), leverages = Strided<T>.RowMajor(h, b, count);
                Centre(block.Block(r0, 0, b, features), rowsX);
                MatrixProduct.Multiply(team, tiles, rowsX, Strided<T>.RowMajor(q, features, features), rowsZ, Into.Store);
                MatrixProduct.Multiply(team, tiles, rowsX, Strided<T>.RowMajor(c, features, count * outputs), fitted, Into.Store);
                Square(rowsZ);
                MatrixProduct.Multiply(team, tiles, rowsZ, Strided<T>.RowMajor(s, features, count), leverages, Into.Store);
                team.For(count, p => Add(errors[p], ref squares[p], p, visited.Rows, start + r0, fitted, leverages));
                see(rowsX, fitted);
            }
        });
        return (errors, squares);
    }

    // Fitted values become residuals.
    private void Add<T>(LeaveOneOutErrors errors, ref double squares, int p, int[] indices, int first, Strided<T> fitted, Strided<T> leverages)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var e = new double[outputs];
        for (int r = 0; r < fitted.Rows; r++)
        {
            var y = targets.Row(indices[first + r]);
            double leverage = (1.0 / sums.Rows) + double.CreateTruncating(leverages[r, p]), free = Math.Max(1 - leverage, 1e-12);
            for (int k = 0; k < outputs; k++)
            {
                double residual = y[k] - sums.TargetMeans[k] - double.CreateTruncating(fitted[r, (p * outputs) + k]);
                fitted[r, (p * outputs) + k] = T.CreateTruncating(residual);
                squares += residual * residual;
                e[k] = residual / free;
            }

            errors.Add(first + r, y, e, leverage);
        }
    }

    private void Centre<T>(Strided<float> block, Strided<T> centred)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        team.For(RowBlocks.Chunks(block.Rows, RowsTogether), chunk =>
        {
            fixed (double* less = means, times = sums.Scales)
            {
                for (long r = chunk * (long)RowsTogether; r < Math.Min((chunk + 1) * (long)RowsTogether, block.Rows); r++)
                {
                    CentreRow(block.Pointer + (r * block.RowStride), less, times, centred.Pointer + (r * centred.RowStride), features);
                }
            }
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CentreRow<T>(float* from, double* less, double* times, T* to, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        for (; typeof(T) == typeof(float) && j + 8 <= count; j += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from + j));
            low = (low - Vector256.Load(less + j)) * Vector256.Load(times + j);
            high = (high - Vector256.Load(less + j + 4)) * Vector256.Load(times + j + 4);
            Vector256.Narrow(low, high).Store((float*)to + j);
        }

        for (; j < count; j++)
        {
            to[j] = T.CreateTruncating((from[j] - less[j]) * times[j]);
        }
    }

    private void Square<T>(Strided<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        team.For(RowBlocks.Chunks(values.Rows, RowsTogether), chunk =>
        {
            for (long r = chunk * (long)RowsTogether; r < Math.Min((chunk + 1) * (long)RowsTogether, values.Rows); r++)
            {
                SquareRow(values.Pointer + (r * values.RowStride), features);
            }
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquareRow<T>(T* row, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
        {
            Vector256<T> value = Vector256.Load(row + j);
            (value * value).Store(row + j);
        }

        for (; j < count; j++)
        {
            row[j] *= row[j];
        }
    }

    // [D × P]: 1/(σ + λ)
    private NativeBuffer<T> Inverses<T>(double[] absolutes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new NativeBuffer<T>((long)features * absolutes.Length);
        for (int j = 0; j < features; j++)
        {
            for (int p = 0; p < absolutes.Length; p++)
            {
                buffer.Pointer[(j * absolutes.Length) + p] = T.CreateTruncating(1 / (values[j] + absolutes[p]));
            }
        }

        return buffer;
    }

    private static NativeBuffer<T> Converted<T>(NativeBuffer<double> from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var to = new NativeBuffer<T>(from.Length);
        for (long i = 0; i < from.Length; i++)
        {
            to.Pointer[i] = T.CreateTruncating(from.Pointer[i]);
        }

        return to;
    }
}

using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>Where a measure takes a function's values.</summary>
public enum Placement
{
    /// <summary>n evenly spaced points on each axis, both ends included.</summary>
    UniformGrid,

    /// <summary>The n Chebyshev-Gauss points cos((i + ½)π/n) on each axis.</summary>
    ChebyshevGrid,

    /// <summary>The n Gauss-Legendre points on each axis, ascending.</summary>
    LegendreGrid,

    /// <summary>n evenly spaced points on straight paths, ends included; a row of values is one path.</summary>
    Paths,
}

/// <summary>Places and size of the region: an axis is [−HalfWidth, HalfWidth]. Immutable.</summary>
/// <param name="Placement">How points lie.</param>
/// <param name="HalfWidth">Half the length of an axis, in units of the input.</param>
public sealed record Sampling(Placement Placement, double HalfWidth = 1)
{
    /// <summary>The usual grid on [−1, 1].</summary>
    public static Sampling UniformGrid { get; } = new(Placement.UniformGrid);

    /// <summary>Half the length of an axis, in units of the input.</summary>
    public double HalfWidth { get; init; } = HalfWidth > 0 && double.IsFinite(HalfWidth)
        ? HalfWidth
        : throw new ArgumentOutOfRangeException(nameof(HalfWidth), HalfWidth, "Half the length of an axis must be above 0.");

    /// <summary>The points of one axis; of paths, their places between −HalfWidth and HalfWidth.</summary>
    /// <param name="side">n ≥ 2.</param>
    public double[] Axis(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 2);
        var axis = Placement == Placement.LegendreGrid ? (double[])GaussLegendre.Of(side).Nodes.Clone() : new double[side];
        for (int i = 0; i < side; i++)
        {
            axis[i] = HalfWidth * Placement switch
            {
                Placement.LegendreGrid => axis[i],
                Placement.ChebyshevGrid => Elementary.CosSinOfTurn((2L * i) + 1, 4L * side).Cos,
                _ => ((2.0 * i) - (side - 1)) / (side - 1), // symmetric to the last bit
            };
        }

        return axis;
    }
}

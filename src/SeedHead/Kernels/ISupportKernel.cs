using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Kernels of a few points with each other and with rows, and the way back to the points.</summary>
internal interface ISupportKernel : IDisposable
{
    /// <summary>Says which step comes: a kernel of random networks may draw others.</summary>
    void Begin(Team team, int step);

    /// <summary>own ← kernels of the points [m × m], cross ← those of rows with points [b × m].</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="points">[m × d] on the sphere.</param>
    /// <param name="rows">[b × d] on the sphere.</param>
    /// <param name="own">[m × m].</param>
    /// <param name="cross">[b × m].</param>
    void Forward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross);

    /// <summary>along ← dL/d(points), for the points and rows of the last <see cref="Forward"/>.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="points">[m × d].</param>
    /// <param name="rows">[b × d].</param>
    /// <param name="own">dL/d(own) plus its transpose [m × m]; overwritten.</param>
    /// <param name="cross">dL/d(cross) [b × m]; overwritten.</param>
    /// <param name="along">[m × d].</param>
    void Backward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross, Strided<double> along);
}

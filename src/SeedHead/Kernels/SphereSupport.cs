using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Kernels in closed form: κ of cosines, and back by κ′.</summary>
internal sealed class SphereSupport(SphereKernel kernel) : ISupportKernel
{
    private NativeBuffer<double> ownSlopes = new(0), crossSlopes = new(0);

    public void Begin(Team team, int step)
    {
    }

    public void Forward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross)
    {
        Kernels(team, points, points, own, Slopes(ref ownSlopes, own));
        Kernels(team, rows, points, cross, Slopes(ref crossSlopes, cross));
        for (long i = 0; i < own.Rows; i++)
        {
            own[i, i] = kernel.AtOne; // the cosine of a point with itself is 1, whatever rounding says
        }
    }

    public void Backward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross, Strided<double> along)
    {
        Strided<double> ofOwn = Slopes(ref ownSlopes, own), ofCross = Slopes(ref crossSlopes, cross);
        double factor = 1.0 / points.Columns;
        team.For((int)cross.Rows, i => Chain(cross.Row(i), ofCross.Row(i), factor));
        team.For((int)own.Rows, i =>
        {
            Chain(own.Row(i), ofOwn.Row(i), factor);
            own[i, i] = 0; // κ(1) is constant
        });
        MatrixProduct.Multiply(team, cross.Transpose, rows, along);
        MatrixProduct.Multiply(team, own, points, along, add: true);
    }

    public void Dispose()
    {
        ownSlopes.Dispose();
        crossSlopes.Dispose();
    }

    private static void Chain(Span<double> gradient, ReadOnlySpan<double> slopes, double factor)
    {
        Elementwise.Multiply(gradient, slopes);
        Elementwise.Affine(gradient, factor, 0);
    }

    private static Strided<double> Slopes(ref NativeBuffer<double> buffer, Strided<double> of)
    {
        if (buffer.Length < of.Rows * of.Columns)
        {
            buffer.Dispose();
            buffer = new(of.Rows * of.Columns);
        }

        return Strided<double>.RowMajor(buffer, of.Rows, of.Columns);
    }

    private void Kernels(Team team, Strided<double> left, Strided<double> right, Strided<double> values, Strided<double> slopes)
    {
        MatrixProduct.Multiply(team, left, right.Transpose, values);
        team.For((int)values.Rows, i => Elementwise.Affine(values.Row(i), 1.0 / left.Columns, 0));
        kernel.Evaluate(team, values, slopes);
    }
}

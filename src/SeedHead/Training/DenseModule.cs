using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = xW + b.</summary>
internal sealed unsafe class DenseModule(Extent input, Parameter weights, Parameter biases) : Module(input, new(weights.Tensor.Outputs, null))
{
    public override IEnumerable<Parameter> Parameters => [weights, biases];

    public override double ProductsPerInput => weights.Tensor.Count;

    public override void Forward(Pass pass, float* x, float* y)
    {
        Strided<float> result = Strided<float>.RowMajor(y, pass.Rows, Output.Count);
        MatrixProduct.Multiply(pass.Team, Strided<float>.RowMajor(x, pass.Rows, Input.Count), weights.Values, result);
        for (int row = 0; row < pass.Rows; row++)
        {
            Elementwise.Add(result.Row(row), biases.Values.Row(0));
        }
    }

    /// <remarks>dW is one product over the batch, whose sums over rows go by <see cref="MatrixProduct.BlockLength{T}"/>; db sums rows in order.</remarks>
    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        Strided<float> source = Strided<float>.RowMajor(x, pass.Rows, Input.Count), gradient = Strided<float>.RowMajor(dy, pass.Rows, Output.Count);
        if (weights.LearnedCount > 0)
        {
            int learned = weights.Selection.Outputs; // dense layers are learned by outputs alone
            MatrixProduct.Multiply(pass.Team, source.Transpose, gradient.Block(0, Output.Count - learned, pass.Rows, learned), weights.GradientMatrix);
        }

        if (biases.LearnedCount > 0)
        {
            int learned = biases.Selection.Outputs;
            Span<float> sums = biases.Gradient;
            sums.Clear();
            for (int row = 0; row < pass.Rows; row++)
            {
                Elementwise.Add(sums, gradient.Row(row)[^learned..]);
            }
        }

        if (dx != null)
        {
            MatrixProduct.Multiply(pass.Team, gradient, weights.Values.Transpose, Strided<float>.RowMajor(dx, pass.Rows, Input.Count));
        }
    }
}

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>A convolution of which some filters, channels or places are learned.</summary>
internal sealed unsafe class ConvolutionModule : Module
{
    private readonly ConvolutionShape shape;
    private readonly Parameter weights;
    private readonly Parameter? biases;
    private readonly int[] filters;

    public ConvolutionModule(ConvolutionLayer layer, Extent input, Parameter weights, Parameter? biases)
        : base(input, layer.After(input))
    {
        var image = input.Shape!.Value;
        shape = new(image.Height, image.Width, image.Channels, layer.Filters, layer.Kernel, layer.Kernel)
        {
            Stride = (layer.Stride, layer.Stride),
            Padding = (layer.Padding, layer.Padding),
            Groups = layer.Groups,
        };
        (this.weights, this.biases) = (weights, biases);
        filters = [.. Enumerable.Range(layer.Filters - weights.Selection.Outputs, weights.Selection.Outputs)];
    }

    public override IEnumerable<Parameter> Parameters => biases is null ? [weights] : [weights, biases];

    public override double ProductsPerInput => (double)weights.Tensor.Count * Output.Count / weights.Tensor.Outputs;

    public override void Forward(Pass pass, float* x, float* y) => Convolution.Forward(
        pass.Team, shape, pass.Rows, Matrix(Input, pass.Rows, x), weights.Values, biases is null ? null : biases.Values.Pointer, Matrix(Output, pass.Rows, y));

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        Strided<float> source = Matrix(Input, pass.Rows, x), gradient = Matrix(Output, pass.Rows, dy);
        if (weights.LearnedCount > 0 && weights.ByOutputs)
        {
            Convolution.GradientOfWeights(pass.Team, shape, pass.Rows, source, gradient, weights.GradientMatrix, filters);
        }
        else if (weights.LearnedCount > 0)
        {
            using var all = new NativeBuffer<float>(weights.Tensor.Count);
            Strided<float> dw = Strided<float>.RowMajor(all, weights.Values.Rows, weights.Values.Columns);
            Convolution.GradientOfWeights(pass.Team, shape, pass.Rows, source, gradient, dw);
            weights.Gather(dw);
        }

        if (biases is { LearnedCount: > 0 })
        {
            int learned = biases.Selection.Outputs;
            Convolution.GradientOfBias(pass.Team, shape, pass.Rows, gradient, biases.Gradient, [.. Enumerable.Range(shape.Filters - learned, learned)]);
        }

        if (dx != null)
        {
            Convolution.GradientOfInput(pass.Team, shape, pass.Rows, gradient, weights.Values, Matrix(Input, pass.Rows, dx));
        }
    }
}

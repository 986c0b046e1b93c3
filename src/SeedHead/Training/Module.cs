using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>One pass of a batch through a network.</summary>
/// <param name="Team">Who computes.</param>
/// <param name="Rows">n, inputs in the batch.</param>
/// <param name="Training">Whether batch norms take the batch's statistics and dropouts drop.</param>
/// <param name="Seed">Names what is dropped.</param>
/// <param name="Step">The number of the step, for the same.</param>
internal readonly record struct Pass(Team Team, int Rows, bool Training, ulong Seed = 0, int Step = 0)
{
    /// <summary>Whether nothing is dropped while training either: batch norms alone take the batch's statistics.</summary>
    public bool KeepsAll { get; init; }
}

/// <summary>A part of a network that is trained: a function of a batch with exact gradients.</summary>
/// <remarks>
/// A batch is n inputs one behind the other: images pixel by pixel, channels last. <see cref="Backward"/> follows the <see cref="Forward"/> of the same
/// batch. Sums over a batch go by blocks of fixed size in order, so bits do not depend on threads.
/// </remarks>
internal abstract unsafe class Module(Extent input, Extent output) : IDisposable
{
    /// <summary>What comes in.</summary>
    public Extent Input { get; } = input;

    /// <summary>What comes out.</summary>
    public Extent Output { get; } = output;

    /// <summary>The modules it is made of.</summary>
    public virtual IEnumerable<Module> Parts => [];

    /// <summary>All parameters, in the order of <see cref="ParameterTensor.Of"/>.</summary>
    public virtual IEnumerable<Parameter> Parameters => Parts.SelectMany(part => part.Parameters);

    /// <summary>The batch norms in it, in the same order.</summary>
    public IEnumerable<BatchNormModule> Norms => Parts.SelectMany(part => part is BatchNormModule norm ? [norm] : part.Norms);

    /// <summary>Multiplications for one input.</summary>
    public virtual double ProductsPerInput => Parts.Sum(part => part.ProductsPerInput);

    /// <summary>Numbers that pass between its parts for one input.</summary>
    public long NumbersPerInput => Parts.Sum(part => part.Output.Count + part.NumbersPerInput);

    /// <summary>Whether an input's output depends on that input alone and never changes: nothing learned, no statistics of a batch, nothing dropped.</summary>
    public virtual bool IsFixed => !Learns && Parts.All(part => part.IsFixed);

    /// <summary>Whether y may lie where x does, and dx where dy does: then no room is kept for y.</summary>
    public virtual bool InPlace => false;

    /// <summary>Whether anything in it is learned.</summary>
    public bool Learns => Parameters.Any(parameter => parameter.LearnedCount > 0);

    /// <summary>Writes y [n × Output] of x [n × Input].</summary>
    public abstract void Forward(Pass pass, float* x, float* y);

    /// <summary>From dy, the loss's derivatives to y: those to the learned parameters, and those to x, unless <paramref name="dx"/> is null.</summary>
    /// <remarks>Once after every <see cref="Forward"/>: <paramref name="dx"/> may be x, and modules overwrite what they kept. y is not read, dy stays.</remarks>
    public abstract void Backward(Pass pass, float* x, float* dy, float* dx);

    public virtual void Dispose()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }
    }

    /// <summary>Room for so many numbers, kept from pass to pass.</summary>
    protected static float* Room(ref NativeBuffer<float>? buffer, long length)
    {
        if (buffer is null || buffer.Length < length)
        {
            buffer?.Dispose();
            buffer = null;
            buffer = new(length);
        }

        return buffer.Pointer;
    }

    /// <summary>A batch as a matrix: a row a pixel, or a row an input where there is no image.</summary>
    protected static Strided<float> Matrix(Extent extent, int rows, float* at) => extent.Shape is { } image
        ? Strided<float>.RowMajor(at, (long)rows * image.Height * image.Width, image.Channels)
        : Strided<float>.RowMajor(at, rows, extent.Count);

    /// <summary>a += b.</summary>
    protected static void Add(Pass pass, long count, float* a, float* b) => Pieces(pass.Team, count, (start, length) =>
        Elementwise.Add(new Span<float>(a + start, length), new ReadOnlySpan<float>(b + start, length)));

    /// <summary>Calls body(start, length) for pieces of so many numbers, side by side.</summary>
    protected static void Pieces(Team team, long count, Action<long, int> body)
    {
        const int Piece = 1 << 14;
        team.For((int)((count + Piece - 1) / Piece), piece => body((long)piece * Piece, (int)Math.Min(Piece, count - ((long)piece * Piece))));
    }
}

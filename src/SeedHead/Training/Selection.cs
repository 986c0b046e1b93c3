namespace SeedHead.Training;

/// <summary>Which numbers of a tensor are learned: those in the last so many places along any of its axes. All others are fixed.</summary>
/// <param name="Outputs">Filters learned: the last ones, as in Rosenfeld &amp; Tsotsos (2018).</param>
/// <param name="Inputs">Input channels learned.</param>
/// <param name="Rows">Kernel rows learned.</param>
/// <param name="Columns">Kernel columns learned.</param>
internal readonly record struct Selection(int Outputs, int Inputs, int Rows, int Columns)
{
    /// <summary>Nothing.</summary>
    public static Selection None => default;

    /// <summary>All of a tensor.</summary>
    public static Selection All(ParameterTensor tensor) => new(tensor.Outputs, 0, 0, 0);

    /// <summary>What is learned here or there.</summary>
    public Selection With(Selection other) => new(
        Math.Max(Outputs, other.Outputs), Math.Max(Inputs, other.Inputs), Math.Max(Rows, other.Rows), Math.Max(Columns, other.Columns));

    /// <summary>How many numbers: those that are fixed stand before the learned ones along every axis.</summary>
    public long Count(ParameterTensor tensor) =>
        tensor.Count - ((long)(tensor.Outputs - Outputs) * (tensor.Inputs - Inputs) * (tensor.Rows - Rows) * (tensor.Columns - Columns));
}

using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>The map from inputs as given to the numbers a feature map reads; learned on the training rows, stored in the model. Immutable, thread-safe.</summary>
public sealed class Preprocessing
{
    private Preprocessing()
    {
    }

    /// <summary>Number of columns after preprocessing.</summary>
    public int Columns { get; private init; }

    /// <summary>The image shape when the inputs are images, else null.</summary>
    public ImageShape? Shape { get; private init; }

    /// <summary>What a user should know: dropped constant columns, missing values filled, …</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Learns the preprocessing from training rows.</summary>
    /// <param name="train">The training inputs.</param>
    public static Preprocessing Learn(Inputs train) => throw new NotSupportedException();

    /// <summary>Writes rows first … first + count − 1, preprocessed, row after row.</summary>
    /// <param name="inputs">Inputs of the kind and the columns this was learned on.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="destination">count·<see cref="Columns"/> numbers.</param>
    /// <exception cref="DataException">Other columns than trained on: names them.</exception>
    public void Apply(Inputs inputs, int first, int count, Span<float> destination) => throw new NotSupportedException();

    /// <summary>Its form in the model file.</summary>
    public JsonObject ToJson() => throw new NotSupportedException();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The stored form.</param>
    public static Preprocessing FromJson(JsonObject json) => throw new NotSupportedException();
}

namespace SeedHead.Studies;

/// <summary>What the page says in words about how it was done.</summary>
internal static class RedshiftTexts
{
    /// <summary>The seed of all untrained networks.</summary>
    public const ulong Seed = 42;

    /// <summary>How cells were made.</summary>
    public static IReadOnlyList<(string Name, string Value)> Protocol(ReproduceQuestion question)
    {
        RedshiftSizes sizes = RedshiftSizes.Of(question);
        return
        [
            ("Maps", $"{sizes.MapNetworks} networks a cell, {sizes.MapSide} × {sizes.MapSide} points; published cells {sizes.PublishedNetworks} networks, {sizes.PublishedSide} × {sizes.PublishedSide} points"),
            ("Other figures", $"{sizes.Networks} networks an architecture, {sizes.TableNetworks} where a reference value is known, {sizes.Side} × {sizes.Side} points"),
            ("Networks", "numbers 0, 1, … of seed 42: along scales and depths the same random numbers are taken"),
            ("Rounding", "a float32 value is believed if its own noise, once more, moves it by at most 0.5 %; else the network is evaluated in double (docs/math/complexity.md)"),
            ("Thresholds", "fixed before anything was run, from the paper's words and the reference values; \"low\" is a third of the way from a linear function to white noise"),
        ];
    }
}

using SeedHead.Report.Markup;
using SeedHead.Tests.House;

namespace SeedHead.Tests.Report;

public class ColourScaleTests
{
    [Fact]
    public void The_style_sheet_of_reports_has_the_colours_of_pictures() =>
        Assert.Contains(ColourScale.Css(".plot ", "fill"), Repository.Text("src/SeedHead.Report/report.css"));

    [Fact]
    public void The_palette_rises_in_brightness_from_the_first_level_to_the_last()
    {
        double[] light = [.. Enumerable.Range(0, 256).Select(i => Light(ColourScale.Palette.Slice(3 * i, 3)))];
        Assert.All(Enumerable.Range(0, 255), i => Assert.True(light[i] <= light[i + 1] + 1, $"{i}")); // 1 of 255: rounding
        Assert.Equal(ColourScale.Levels[0], Convert.ToHexStringLower(ColourScale.Palette[..3]));
        Assert.Equal(ColourScale.Levels[^1], Convert.ToHexStringLower(ColourScale.Palette[^3..]));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.99, 15)]
    [InlineData(1.0, 15)]
    [InlineData(0.5, 8)]
    public void A_value_between_its_ends_has_one_of_sixteen_levels(double value, int expected) => Assert.Equal(expected, ColourScale.Level(value, 0, 1));

    [Fact]
    public void Where_all_values_are_equal_the_level_is_the_first() => Assert.Equal(0, ColourScale.Level(3, 3, 3));

    private static double Light(ReadOnlySpan<byte> rgb) => (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
}

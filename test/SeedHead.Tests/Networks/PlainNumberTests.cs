using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

public class PlainNumberTests
{
    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(3, "3")]
    [InlineData(1e-7, "0.0000001")]
    [InlineData(1.25e-7, "0.000000125")]
    [InlineData(1e22, "10000000000000000000000")]
    [InlineData(1.5e17, "150000000000000000")]
    public void Numbers_are_written_without_exponent(double value, string text) => Assert.Equal(text, PlainNumber.Format(value));

    [Fact]
    public void Any_positive_number_is_read_back_with_its_bits() => ForAll.Draws(2000, draw =>
    {
        double value = Math.ScaleB(draw.Double(0.5, 1), draw.Int(-1000, 1000));
        Assert.True(PlainNumber.TryParse(PlainNumber.Format(value), out double read));
        Assert.Equal(value, read);
    });

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e5")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    public void Anything_else_is_refused(string text) => Assert.False(PlainNumber.TryParse(text, out _));
}

using System.Globalization;
using System.Text;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class NumberTextTests
{
    [Fact]
    public void Numbers_have_the_bits_the_framework_reads() => ForAll.Draws(5000, draw =>
    {
        int digits = draw.Int(1, 19);
        string text = draw.Of("", "-", "+") + string.Concat(Enumerable.Range(0, digits).Select(_ => draw.Int(0, 9)));
        text = draw.Bool() ? text.Insert(draw.Int(text.Length - digits, text.Length), ".") : text;
        text += draw.Of("", "", "e5", "E-12", "e+280");

        Assert.Equal(FieldKind.Number, Classify(text, out double value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    });

    [Theory]
    [InlineData("", FieldKind.Missing)]
    [InlineData("  ", FieldKind.Missing)]
    [InlineData("nAn", FieldKind.Missing)]
    [InlineData(" 5 ", FieldKind.Number)]
    [InlineData(".5", FieldKind.Number)]
    [InlineData("5.", FieldKind.Number)]
    [InlineData(".", FieldKind.Text)]
    [InlineData("-", FieldKind.Text)]
    [InlineData("+-5", FieldKind.Text)]
    [InlineData("1e", FieldKind.Text)]
    [InlineData("0x10", FieldKind.Text)]
    [InlineData("1 000", FieldKind.Text)]
    [InlineData("2024-05-01", FieldKind.Text)]
    [InlineData("1,5", FieldKind.DecimalComma)]
    [InlineData("-1.234,5", FieldKind.DecimalComma)]
    [InlineData(",", FieldKind.Text)]
    [InlineData("Infinity", FieldKind.Infinite)]
    [InlineData("-inf", FieldKind.Infinite)]
    [InlineData("1e400", FieldKind.Infinite)]
    [InlineData("inflation", FieldKind.Text)]
    public void Fields_are_told_apart(string text, object kind) => Assert.Equal(kind, Classify(text, out _));

    private static FieldKind Classify(string text, out double value) => NumberText.Classify(Encoding.UTF8.GetBytes(text), out value);
}

using SeedHead.Report.Markup;

namespace SeedHead.Tests.Report;

public class WordsTests
{
    [Theory]
    [InlineData(0, 4, "0")]
    [InlineData(1797, 4, "1,797")]
    [InlineData(48213.7, 4, "48,214")]
    [InlineData(0.4820, 4, "0.4820")]
    [InlineData(9.99996, 4, "10.00")]          // rounding carries into the exponent
    [InlineData(0.00012345, 3, "0.000123")]
    [InlineData(0.000012345, 3, "1.23·10⁻⁵")]
    [InlineData(-2.5e12, 3, "−2.5·10¹²")]
    [InlineData(1e-7, 3, "10⁻⁷")]
    [InlineData(-0.25, 2, "−0.25")]
    [InlineData(double.NaN, 4, "n/a")]
    [InlineData(double.NegativeInfinity, 4, "n/a")]
    public void A_number_has_the_digits_asked_for(double value, int digits, string expected) => Assert.Equal(expected, Words.General(value, digits));

    [Theory]
    [InlineData(0.9827, 2, "98.27 %")]
    [InlineData(1, 1, "100.0 %")]
    [InlineData(-0.0004, 1, "0.0 %")]          // no minus before a zero
    [InlineData(double.PositiveInfinity, 1, "n/a")]
    public void A_share_is_in_percent(double share, int decimals, string expected) =>
        Assert.Equal(expected, Words.Percent(share, decimals).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0123, "12 ms")]
    [InlineData(0.0995, "0.0995 s")]
    [InlineData(1.2345, "1.23 s")]
    [InlineData(99.94, "99.9 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3599.9, "59 min 59 s")]
    [InlineData(7260, "2 h 01 min")]
    [InlineData(-1, "n/a")]
    [InlineData(double.NaN, "n/a")]
    public void A_duration_has_the_unit_a_reader_wants(double seconds, string expected) => Assert.Equal(expected, Words.Duration(seconds).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0, "n/a")]
    [InlineData(1234, "1.23 kB")]
    [InlineData(171_234_304, "171 MB")]
    [InlineData(4_294_967_296, "4.29 GB")]
    public void Bytes_are_decimal(long bytes, string expected) => Assert.Equal(expected, Words.Bytes(bytes).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0.0001, 4, "0.0001")]
    [InlineData(0.00031622776601683794, 3, "0.000316")]
    [InlineData(100, 3, "100")]
    [InlineData(1e-9, 3, "10⁻⁹")]
    public void A_chosen_number_has_no_zeros_at_its_end(double value, int digits, string expected) => Assert.Equal(expected, Words.Trimmed(value, digits));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("abc𝄞e", 5, "abc…")]           // the clef takes two places: not cut in two
    public void A_long_name_ends_in_an_ellipsis(string text, int most, string expected) => Assert.Equal(expected, Words.Shorten(text, most));
}

using SeedHead.Report.Markup;

namespace SeedHead.Tests.Report;

public class HtmlTests
{
    [Fact]
    public void Texts_and_attributes_are_escaped() =>
        Assert.Equal("<p title=\"a&lt;b&amp;&quot;c\">d&lt;/p&gt;&amp;\"</p>\n", new Html().Element("p", "d</p>&\"", ("title", "a<b&\"c")).ToString());

    [Fact]
    public void What_xml_cannot_hold_is_replaced() => // controls, half a pair; a whole pair stays
        Assert.Equal("a�b c�𝄞�", new Html().Text("a\u0000b\tc\ud800𝄞\uffff").ToString());

    [Fact]
    public void An_element_left_open_is_found() => Assert.Throws<InvalidOperationException>(() => new Html().Open("p").ToString());

    [Fact]
    public void An_element_is_taken_back_only_when_empty()
    {
        Assert.Equal("", new Html().Open("div", ("class", "x")).CloseOrDrop().ToString());
        Assert.Equal("<div>x</div>\n", new Html().Open("div").Text("x").CloseOrDrop().ToString());
        Assert.Equal("<p></p>\n", new Html().Open("p").Open("div").CloseOrDrop().Close().ToString());
    }

    [Theory]
    [InlineData(1.25, "1.2")]
    [InlineData(-0.04, "0")]
    [InlineData(7, "7")]
    [InlineData(399.96, "400")]
    public void A_coordinate_has_at_most_one_decimal(double value, string expected) => Assert.Equal(expected, Svg.At(value));
}

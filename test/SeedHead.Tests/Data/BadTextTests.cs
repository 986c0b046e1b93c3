using System.Globalization;
using System.Text;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

/// <summary>What is wrong with a text table is told with its place, its value and the way out.</summary>
public class BadTextTests
{
    [Fact]
    public void A_file_that_is_not_there() =>
        Assert.Equal("nowhere.csv: there is no such file or folder.", Assert.Throws<DataException>(() => DataSource.Load("nowhere.csv")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file(string text) => Assert.Contains("the file is empty", Texts.Error(text));

    [Theory]
    [InlineData("a,b,target\n")]
    [InlineData("a,b,target")]
    [InlineData("\n\na,b,target\n\n\n")]
    public void A_header_only(string text) => Assert.Contains("only a header line, no rows", Texts.Error(text));

    [Fact]
    public void A_ragged_row()
    {
        string message = Texts.Error("a;b;target\n1;2;x\n\n1;2\n");

        Assert.Equal("standard input line 4: 2 fields separated by ';', but line 1 has 3. " +
            "Every line needs the same number of fields; leave a field empty where its value is missing.", message);
    }

    [Fact]
    public void A_ragged_row_after_line_ends_within_quotes() =>
        Assert.Contains("line 5: 1 fields", Texts.Error("t,target\n\"a\nb\",x\n\"c\",x\n\"d\n\"\n"));

    [Theory]
    [InlineData("a;b;target\n1,5;2;x\n2,5;3;y\n", "line 2, column 'a': '1,5'")]
    [InlineData("a,b,target\n\"1,5\",2,x\n\"-2,5\",3,y\n", "line 2, column 'a': '1,5'")]
    [InlineData("a;b;target\n1;2;x\n1.234,5;3;y\n", "line 3, column 'a': '1.234,5'")]
    [InlineData("1,5;2;10\n2,5;3;20\n", "line 1, column 'column 1': '1,5'")]
    [InlineData("a;target\n1;2,5\n2;3,5\n", "line 2, column 'target': '2,5'")]
    public void A_number_with_a_decimal_comma(string text, string place)
    {
        string message = Texts.Error(text);

        Assert.Contains(place, message);
        Assert.Contains("--category", message);
    }

    [Fact]
    public void A_decimal_comma_without_quotes_in_a_file_of_commas() =>
        Assert.Contains("numbers need a point for decimals", Texts.Error("a,b,target\n1,5,2,x\n"));

    [Fact]
    public void Forced_categories_may_hold_commas() =>
        Assert.Equal(["1,5", "2,5"], Texts.Words(Texts.Read("a;target\n1,5;2.5\n2,5;3.5\n", new DataOptions { ForceCategory = ["a"] }), "a"));

    [Fact]
    public void A_text_in_a_column_of_numbers_at_line_10001()
    {
        var text = new StringBuilder("height,target\n");
        for (int line = 2; line <= 12_000; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(line == 10_001 ? "tall" : line)},{line % 2}\n");
        }

        string message = Texts.Error(text.ToString());

        Assert.StartsWith("standard input line 10001, column 'height': 'tall' is a text in a column of numbers (11998 of 11999 values).", message);
        Assert.Contains("--category \"height\"", message);
        Assert.IsType<CategoryColumn>(((Table)Texts.Read(text.ToString(), new DataOptions { ForceCategory = ["height"] }).Inputs).Fields[0]);
    }

    [Fact]
    public void A_unit_below_the_header_of_a_column_of_numbers()
    {
        string text = "weight,target\nkg,0.5\n" + string.Concat(Enumerable.Range(1, 200).Select(i => $"{i},{i}.5\n"));

        Assert.Contains("line 2, column 'weight': 'kg'", Texts.Error(text));
    }

    [Fact]
    public void A_number_that_is_not_finite() => Assert.Contains("line 3, column 'a': '-inf' is not a finite number", Texts.Error("a,target\n1,x\n-inf,y\n"));

    [Fact]
    public void A_number_beyond_the_largest() => Assert.Contains("'1e999'", Texts.Error("a,target\n1,x\n1e999,y\n"));

    [Fact]
    public void A_nul_byte()
    {
        string message = Texts.Error("a,target\n1,x\n2\0,y\n");

        Assert.Contains("line 3: a NUL byte", message);
        Assert.Contains("UTF-8", message);
    }

    [Fact]
    public void Utf_16_text() => Assert.Contains("UTF-16", Assert.Throws<DataException>(() => Texts.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")])).Message);

    [Fact]
    public void An_open_quote() => Assert.Contains("line 3: a quote is opened here and never closed", Texts.Error("a,target\n1,x\n\"2,y\n3,z\n"));

    [Fact]
    public void A_text_behind_a_closing_quote() => Assert.Contains("line 2: text follows a closing quote", Texts.Error("a,target\n\"1\"2,x\n"));

    [Fact]
    public void A_misspelled_target()
    {
        string message = Texts.Error("height,weight,price\n1,2,3.5\n2,3,4.5\n", new DataOptions { Target = "prise" });

        Assert.Equal("standard input: there is no column 'prise' to predict. Did you mean 'price'? The columns are: height, weight, price.", message);
    }

    [Fact]
    public void A_misspelled_category() => Assert.Contains(
        "Did you mean 'height'?", Texts.Error("height,price\n1,3.5\n2,4.5\n", new DataOptions { ForceCategory = ["heigth"] }));

    [Fact]
    public void A_single_column() => Assert.Contains("only one column", Texts.Error("a\n1\n2\n"));

    [Fact]
    public void Texts_where_numbers_are_to_be_predicted() => Assert.Contains(
        "holds texts such as 'x'", Texts.Error("a,b\n1,x\n2,y\n", new DataOptions { Task = LearningTask.Regression }));

    [Fact]
    public void A_target_that_is_always_missing() => Assert.Contains("'target' is empty in every row", Texts.Error("a,target\n1,\n2,\n"));

    [Fact]
    public void A_packed_file_cut_at_any_byte()
    {
        byte[] packed = Packed.Gzip(Encoding.UTF8.GetBytes("a,target\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * i % 71},{i}.5\n"))));
        using var scratch = new Scratch();
        for (int length = 2; length < packed.Length; length += 7)
        {
            string path = scratch.Write("cut.csv.gz", packed[..length]);
            string message = Assert.Throws<DataException>(() => DataSource.Load(path)).Message;
            Assert.Contains("cut.csv.gz: truncated or damaged gzip", message);
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_with_a_message() => ForAll.Draws(300, draw =>
    {
        byte[] letters = [.. "ab1.,;\"\n\r\t ?-e"u8, .. draw.Bool() ? [0, 0xFF, 0xC3] : Array.Empty<byte>()];
        byte[] bytes = [.. Enumerable.Range(0, draw.Int(0, 120)).Select(_ => draw.Of(letters))];
        try
        {
            Assert.True(Texts.Read(bytes).Count > 0);
        }
        catch (DataException fault)
        {
            Assert.Contains("standard input", fault.Message);
        }
    });
}

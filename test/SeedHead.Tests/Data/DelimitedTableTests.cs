using System.Text;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class DelimitedTableTests
{
    [Theory]
    [InlineData("a,b,target\n1,2,x\n3,4,y\n")]
    [InlineData("a;b;target\n1;2;x\n3;4;y\n")]
    [InlineData("a\tb\ttarget\n1\t2\tx\n3\t4\ty\n")]
    [InlineData("a,b,target\r\n1,2,x\r\n3,4,y")]
    [InlineData("a,b,target\r1,2,x\r3,4,y\r")]
    [InlineData("\uFEFFa,b,target\n1,2,x\n3,4,y\n")]
    [InlineData("\"a\",\"b\",\"target\"\n\"1\", \"2\" ,\"x\"\n 3 ,4.0, y\n\n\n")]
    public void Separators_line_ends_quotes_marks_and_blanks_are_told(string text)
    {
        Dataset data = Texts.Read(text);

        Assert.Equal([1, 3], Texts.Numbers(data, "a"));
        Assert.Equal([2, 4], Texts.Numbers(data, "b"));
        Assert.Equal(["x", "y"], Texts.Classes(data));
        Assert.Equal("target", data.Target!.Name);
    }

    [Fact]
    public void Semicolons_within_the_texts_of_a_file_of_commas_do_not_separate() =>
        Assert.Equal(["x;y", "z;w"], Texts.Words(Texts.Read("a,tags,target\n1,x;y,0.5\n2,z;w,1.5\n"), "tags"));

    [Fact]
    public void Semicolons_separate_where_every_row_holds_more_commas_in_numbers() =>
        Assert.Contains("'1,5'", Texts.Error("1,5;2,5;3,5;9\n4,5;5,5;6,5;8\n"));

    [Fact]
    public void Quoted_fields_hold_separators_line_ends_and_quotes()
    {
        Dataset data = Texts.Read("t,target\n\"a,b\",1.5\n\"c\nd\",2.5\n\"e \"\"f\"\"\",3.5\n");

        Assert.Equal(["a,b", "c\nd", "e \"f\""], Texts.Words(data, "t"));
    }

    [Fact]
    public void Missing_values_are_empty_or_one_of_the_usual_words()
    {
        Dataset data = Texts.Read("x,c,target\n1,a,1\n,,2\n?,?,1\nNA,NA,2\nNaN,nan,1\nnull,NULL,2\nn/a,N/A,1\n\"\",\"\",2\n");

        Assert.Equal([1.0, .. Enumerable.Repeat(double.NaN, 7)], Texts.Numbers(data, "x"));
        Assert.Equal(["a", .. Enumerable.Repeat("(missing)", 7)], Texts.Words(data, "c"));
    }

    [Theory]
    [InlineData("1,2,a\n3,4,b\n", "column 1")] // numbers in the first row: no header
    [InlineData("0.5,R\n0.7,M\n0.1,R\n", "column 1")] // as the sonar file
    [InlineData("p,x,p\np,y,e\n", "column 1")] // texts that come again: no header
    [InlineData("name,colour\nann,red\nbob,blue\n", "name")] // all texts, the first row's never again
    [InlineData("target,1,2\n1,14.2,1.7\n2,13.2,1.8\n", "1")] // numbers as names, as the wine file
    [InlineData(",age,target\n0,31,a\n1,45,b\n", "column 1")] // an index column without a name
    public void A_header_is_told_from_a_first_row(string text, string firstInput) =>
        Assert.Equal(firstInput, ((Table)Texts.Read(text).Inputs).Fields[0].Name);

    [Fact]
    public void The_header_option_overrides_what_is_detected()
    {
        Assert.Equal(2, Texts.Read("a,b\nc,d\n", new DataOptions { Header = false }).Count);
        Assert.Equal(1, Texts.Read("1,2\n3,4\n", new DataOptions { Header = true }).Count);
    }

    [Fact]
    public void Texts_after_numbers_make_categories_with_their_own_spelling()
    {
        Dataset data = Texts.Read("h,target\n01,1.5\n1,2.5\n1a,3.5\n2b,4.5\n");

        Assert.Equal(["01", "1", "1a", "2b"], Texts.Words(data, "h"));
    }

    [Fact]
    public void Forced_categories_keep_their_spelling()
    {
        Dataset data = Texts.Read("zip,target\n01,1.5\n1,2.5\n02,3.5\n", new DataOptions { ForceCategory = ["zip"] });

        Assert.Equal(["01", "1", "02"], Texts.Words(data, "zip"));
        Assert.Equal(["01", "02", "1"], Texts.Categories(data, "zip").Levels);
    }

    [Fact]
    public void Latin_1_texts_are_read_too() =>
        Assert.Equal(["Köln", "Bonn"], Texts.Words(Texts.Read(Encoding.Latin1.GetBytes("city,target\nKöln,1.5\nBonn,2.5\n")), "city"));

    [Fact]
    public void Equal_content_has_an_equal_hash()
    {
        byte[] text = Encoding.UTF8.GetBytes("a,target\n1,2.5\n2,3.5\n");

        Assert.Equal(Texts.Read(text).Sha256, Texts.Read(Packed.Gzip(text)).Sha256);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text)), Texts.Read(text).Sha256);
    }

    [Fact]
    public void Columns_of_one_name_are_told_apart()
    {
        Dataset data = Texts.Read("a,a,target\n1,2,x\n3,4,y\n");

        Assert.Equal(["a", "a (2)"], ((Table)data.Inputs).Fields.Select(field => field.Name));
        Assert.Contains(data.Notes, note => note.Contains("two columns are called 'a'"));
    }

    [Fact]
    public void Random_tables_come_back_as_written() => ForAll.Draws(60, draw =>
    {
        string separator = draw.Of(",", ";", "\t");
        string end = draw.Of("\n", "\r\n", "\r");
        int rows = draw.Int(2, 60);
        double[] numbers = draw.Doubles(rows, -1e3, 1e3);
        string[] words = [.. Enumerable.Range(0, rows).Select(_ => "w" + draw.Of("", ",", ";", "\t", "\n", "\r\n", "\"", " ", "é", "漢") + draw.Of("a", "b", "\"\""))];
        var text = new StringBuilder($"number{separator}word{separator}target{end}");
        for (int i = 0; i < rows; i++)
        {
            string number = numbers[i].ToString(draw.Of("R", "E17", "G17"));
            text.Append(number).Append(separator).Append('"').Append(words[i].Replace("\"", "\"\"")).Append('"').Append(separator).Append(numbers[i].ToString("R")).Append(end);
        }

        Dataset data = Texts.Read(text.ToString());

        Assert.Equal(numbers, Texts.Numbers(data, "number"));
        Assert.Equal(words, Texts.Words(data, "word"));
        Assert.Equal(numbers, ((NumberTarget)data.Target!).Values);
    });

    [Fact]
    public void A_text_longer_than_the_buffer_is_cut_where_it_should()
    {
        var text = new StringBuilder("id,note,target\n");
        for (int i = 0; i < 3000; i++)
        {
            text.Append(i).Append(",\"").Append('x', i % 700).Append("\"\"\n\",").Append(i * 0.5).Append('\n');
        }

        Dataset data = Texts.Read(text.ToString());

        Assert.Equal(3000, data.Count);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i * 0.5), ((NumberTarget)data.Target!).Values);
        Assert.Equal(new string('x', 699) + "\"\n", Texts.Words(data, "note")[699]);
    }
}

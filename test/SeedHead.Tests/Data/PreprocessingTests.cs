using System.Text.Json.Nodes;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class PreprocessingTests
{
    private static readonly NumberColumn Age = new("age", [1, 2, 3, 4]);
    private static readonly CategoryColumn Colour = new("colour", [0, 1, 1, 0], ["blue", "red"]);

    [Fact]
    public void Numbers_are_standardised_with_the_population_deviation()
    {
        float[] rows = Apply(new Table([Age]), out Preprocessing learned);

        double deviation = Math.Sqrt(1.25); // mean of squares 2.25, 0.25, 0.25, 2.25
        Assert.Equal([(float)(-1.5 / deviation), (float)(-0.5 / deviation), (float)(0.5 / deviation), (float)(1.5 / deviation)], rows);
        Assert.Equal(((float)(-1.5 / deviation), (float)(1.5 / deviation)), learned.ColumnRanges[0]);
    }

    [Fact]
    public void Categories_become_one_centred_column_a_level()
    {
        float[] rows = Apply(new Table([Colour]), out Preprocessing learned);

        Assert.Equal(2, learned.Columns);
        Assert.Equal([0.5f, -0.5f, -0.5f, 0.5f, -0.5f, 0.5f, 0.5f, -0.5f], rows);
    }

    [Fact]
    public void Missing_numbers_read_as_the_mean_with_a_column_that_tells()
    {
        float[] rows = Apply(new Table([new NumberColumn("x", [1, double.NaN, 3, 2])]), out Preprocessing learned);

        Assert.Equal(2, learned.Columns);
        Assert.Equal((0, 0.75f), (rows[2], rows[3])); // the missing one
        Assert.Equal(-0.25f, rows[1]);
        Assert.Contains(learned.Notes, note => note.Contains("x (1 of 4)"));
    }

    [Fact]
    public void A_value_missing_only_at_prediction_reads_as_the_mean()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([Age]));
        var row = new float[1];

        learned.Apply(new Table([new NumberColumn("age", [double.NaN])]), 0, 1, row);

        Assert.Equal(0, row[0]);
    }

    [Fact]
    public void A_category_never_seen_reads_as_the_average_and_is_told()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([Colour]));
        var seen = new Table([new CategoryColumn("colour", [0, 1], ["green", "red"])]);
        var rows = new float[4];

        learned.Apply(seen, 0, 2, rows);

        Assert.Equal([0, 0, -0.5f, 0.5f], rows);
        Assert.Contains("green", Assert.Single(learned.Check(seen)));
    }

    [Fact]
    public void Rare_categories_share_one_column_with_those_never_seen()
    {
        int[] codes = [.. Enumerable.Range(0, 120).SelectMany(level => Enumerable.Repeat(level, level < 100 ? 2 : 1))]; // 20 levels come once
        string[] levels = [.. Enumerable.Range(0, 120).Select(level => $"level {level:000}")];
        Preprocessing learned = Preprocessing.Learn(new Table([new CategoryColumn("c", codes, levels)]));
        var rows = new float[2 * learned.Columns];

        learned.Apply(new Table([new CategoryColumn("c", [0, 1], ["level 119", "new"])]), 0, 2, rows);

        Assert.Equal(101, learned.Columns);
        float share = (float)(1 - (20 / 220.0));
        Assert.Equal(share, rows[100]);
        Assert.Equal(share, rows[201]);
    }

    [Fact]
    public void Constant_columns_and_row_names_are_dropped_with_a_note()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"row {i:000}")];
        var table = new Table(
        [
            new NumberColumn("same", [.. Enumerable.Repeat(7.0, 200)]),
            new CategoryColumn("id", [.. Enumerable.Range(0, 200)], names),
            new NumberColumn("x", [.. Enumerable.Range(0, 200).Select(i => (double)i)]),
            new NumberColumn("copy", [.. Enumerable.Range(0, 200).Select(i => (double)i)]), // a duplicate column is kept
            new NumberColumn("empty", [.. Enumerable.Repeat(double.NaN, 200)]),
        ]);

        Preprocessing learned = Preprocessing.Learn(table);

        Assert.Equal(2, learned.Columns);
        Assert.Contains(learned.Notes, note => note.Contains("constant") && note.Contains("same") && note.Contains("empty"));
        Assert.Contains(learned.Notes, note => note.Contains("'id'"));
    }

    [Fact]
    public void Only_constant_columns_are_an_error() =>
        Assert.Contains("constant", Assert.Throws<DataException>(() => Preprocessing.Learn(new Numbers(new float[] { 1, 1, 1 }, 1))).Message);

    [Fact]
    public void Wild_values_are_clipped_at_ten_deviations_with_a_note()
    {
        double[] values = [.. Enumerable.Range(0, 999).Select(i => (double)(i % 2)), 1e6];

        float[] rows = Apply(new Table([new NumberColumn("wild", values)]), out Preprocessing learned);

        Assert.Equal(10, rows[^1]);
        Assert.Contains(learned.Notes, note => note.Contains("wild") && note.Contains("clipped"));
    }

    [Fact]
    public void Images_are_scaled_and_centred_by_pixel_but_keep_their_columns()
    {
        var images = new Images(new byte[] { 0, 16, 8, 16 }, new ImageShape(1, 2, 1)) { Maximum = 16 };

        float[] rows = Apply(images, out Preprocessing learned);

        Assert.Equal([-0.25f, 0, 0.25f, 0], rows);
        Assert.Equal(new ImageShape(1, 2, 1), learned.Shape);
    }

    [Fact]
    public void Images_of_another_maximum_are_read_on_the_same_scale()
    {
        Preprocessing learned = Preprocessing.Learn(new Images(new byte[] { 0, 16 }, new ImageShape(1, 1, 1)) { Maximum = 16 });
        var row = new float[1];

        learned.Apply(new Images(new byte[] { 255 }, new ImageShape(1, 1, 1)), 0, 1, row);

        Assert.Equal(0.5f, row[0]);
    }

    [Fact]
    public void A_table_of_other_columns_is_refused_by_name()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([Age, Colour]));

        string message = Assert.Throws<DataException>(() => learned.Check(new Table([Age, new NumberColumn("size", [1, 2, 3, 4])]))).Message;

        Assert.Contains("lacks 'colour'", message);
        Assert.Contains("has 'size'", message);
    }

    [Fact]
    public void Columns_are_found_in_any_order()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([Age, Colour]));
        var straight = new float[12];
        var turned = new float[12];

        learned.Apply(new Table([Age, Colour]), 0, 4, straight);
        learned.Apply(new Table([Colour, Age]), 0, 4, turned);

        Assert.Equal(straight, turned);
    }

    [Fact]
    public void Texts_in_a_column_that_held_numbers_are_refused()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([Age]));

        string message = Assert.Throws<DataException>(() => learned.Check(new Table([new CategoryColumn("age", [0], ["old"])]))).Message;

        Assert.Contains("'age'", message);
        Assert.Contains("'old'", message);
    }

    [Fact]
    public void Numbers_in_a_column_that_held_texts_are_its_categories()
    {
        Preprocessing learned = Preprocessing.Learn(new Table([new CategoryColumn("code", [0, 1, 1, 0], ["12", "x"])]));
        var row = new float[2];

        learned.Apply(new Table([new NumberColumn("code", [12])]), 0, 1, row);

        Assert.Equal([0.5f, -0.5f], row);
    }

    [Fact]
    public void Other_kinds_and_shapes_of_inputs_are_refused()
    {
        Preprocessing learned = Preprocessing.Learn(new Images(new byte[] { 0, 1, 2, 3 }, new ImageShape(1, 2, 1)));

        Assert.Contains("images of 1x2x1", Refusal(new Images(new byte[4], new ImageShape(2, 2, 1))));
        Assert.Contains("an array of 2 columns", Refusal(new Numbers(new float[2], 2)));
        string Refusal(Inputs inputs) => Assert.Throws<DataException>(() => learned.Check(inputs)).Message;
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_with_their_place()
    {
        string message = Assert.Throws<DataException>(() => Preprocessing.Learn(new Numbers(new[] { 1, 2, 3, float.NaN }, 2))).Message;

        Assert.Contains("Row 1, column 1", message);
    }

    [Fact]
    public void Rows_beyond_the_training_range_are_counted()
    {
        Preprocessing learned = Preprocessing.Learn(new Numbers(new float[] { 0, 0, 1, 2, 2, 1 }, 2));
        var row = new float[2];

        learned.ApplyRow([3, 1], row);
        Assert.Equal(1, learned.OutOfRange(row));
        learned.ApplyRow([2, 0], row);
        Assert.Equal(0, learned.OutOfRange(row));
    }

    [Fact]
    public void No_training_row_is_out_of_range() => ForAll.Draws(30, draw =>
    {
        Inputs inputs = RandomInputs(draw);
        float[] rows = Apply(inputs, out Preprocessing learned);
        for (int i = 0; i < inputs.Count; i++)
        {
            Assert.Equal(0, learned.OutOfRange(rows.AsSpan(i * learned.Columns, learned.Columns)));
        }
    });

    [Fact]
    public void The_stored_form_gives_the_same_bits() => ForAll.Draws(30, draw =>
    {
        Inputs inputs = RandomInputs(draw);
        float[] rows = Apply(inputs, out Preprocessing learned);
        string text = learned.ToJson().ToJsonString();
        Preprocessing again = Preprocessing.FromJson(JsonNode.Parse(text)!.AsObject());
        var rowsAgain = new float[rows.Length];
        again.Apply(inputs, 0, inputs.Count, rowsAgain);

        Assert.Equal(rows.Select(BitConverter.SingleToUInt32Bits), rowsAgain.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(learned.ColumnRanges, again.ColumnRanges);
        Assert.Equal(learned.Notes, again.Notes);
        Assert.Equal(text, again.ToJson().ToJsonString());
    });

    [Fact]
    public void A_row_does_not_depend_on_how_it_is_asked_for() => ForAll.Draws(30, draw =>
    {
        Inputs inputs = RandomInputs(draw);
        float[] rows = Apply(inputs, out Preprocessing learned);
        int row = draw.Int(0, inputs.Count - 1);
        var one = new float[learned.Columns];
        learned.Apply(inputs, row, 1, one);

        Assert.Equal(rows.AsSpan(row * one.Length, one.Length).ToArray(), one);
    });

    [Fact]
    public void A_plain_row_gives_the_bits_of_the_array_row_without_allocation()
    {
        var draw = new Draw(1);
        var numbers = new Numbers(draw.Floats(50 * 7), 7);
        float[] rows = Apply(numbers, out Preprocessing learned);
        var one = new float[7];
        learned.ApplyRow(numbers.Values.Span[..7], one);
        long before = GC.GetAllocatedBytesForCurrentThread();
        learned.ApplyRow(numbers.Values.Span[..7], one);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(rows[..7], one);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"numbers\",\"columns\":2,\"kept\":\"AAA\"}")]
    [InlineData("{\"kind\":\"images\",\"shape\":[1,1],\"maximum\":255}")]
    [InlineData("{\"kind\":\"table\",\"fields\":[{\"name\":\"x\",\"kind\":\"magic\"}],\"notes\":[]}")]
    public void A_damaged_stored_form_is_refused(string json) =>
        Assert.Throws<DataException>(() => Preprocessing.FromJson(JsonNode.Parse(json)!.AsObject()));

    private static float[] Apply(Inputs inputs, out Preprocessing learned)
    {
        learned = Preprocessing.Learn(inputs);
        var rows = new float[inputs.Count * learned.Columns];
        learned.Apply(inputs, 0, inputs.Count, rows);
        return rows;
    }

    private static Inputs RandomInputs(Draw draw)
    {
        int rows = draw.Int(5, 40);
        return draw.Int(0, 2) switch
        {
            0 => new Numbers(draw.Floats(rows * 6), 6),
            1 => new Images(Enumerable.Range(0, rows * 12).Select(_ => (byte)draw.Int(0, 255)).ToArray(), new ImageShape(2, 2, 3)),
            _ => new Table(
            [
                new NumberColumn("x", draw.Doubles(rows, -1e6, 1e6)),
                new NumberColumn("gaps", [.. Enumerable.Range(0, rows).Select(_ => draw.Bool() ? draw.Double() : double.NaN)]),
                new CategoryColumn("c", [.. Enumerable.Range(0, rows).Select(_ => draw.Int(-1, 3))], ["a", "b", "c", "d"]),
            ]),
        };
    }
}

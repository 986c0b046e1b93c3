using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class TargetColumnTests
{
    [Theory]
    [InlineData("a,Target,b\n1,x,2\n2,y,3\n", "Target")]
    [InlineData("CLASS,a,b\nx,1,2\ny,2,3\n", "CLASS")]
    [InlineData("a,label,b\n1,x,2\n2,y,3\n", "label")]
    [InlineData("label,target,b\n1,x,2\n2,y,3\n", "target")]
    [InlineData("a,b,price\n1,x,2.5\n2,y,3.5\n", "price")]
    public void The_target_is_the_usual_name_or_the_last_column(string text, string target) => Assert.Equal(target, Texts.Read(text).Target!.Name);

    [Theory]
    [InlineData("b", "b")]
    [InlineData("B", "b")]
    public void A_named_target_is_found_in_any_case(string wanted, string found) =>
        Assert.Equal(found, Texts.Read("a,b,target\n1,2,x\n2,3,y\n", new DataOptions { Target = wanted }).Target!.Name);

    [Fact]
    public void Columns_without_names_are_named_by_number() =>
        Assert.Equal("column 2", Texts.Read("1,2,3\n2,3,4\n", new DataOptions { Target = "2" }).Target!.Name);

    [Fact]
    public void Few_whole_numbers_are_classes_in_numeric_order()
    {
        Dataset data = Texts.Read("a,t\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i % 3) * 10}.0\n")));

        Assert.Equal(["0", "10", "20"], ((ClassTarget)data.Target!).Classes);
        Assert.Contains("--task regression", Assert.Single(data.Notes));
    }

    [Theory]
    [InlineData(9)] // as many distinct numbers as rows
    [InlineData(60)]
    public void Many_distinct_whole_numbers_are_numbers(int rows) =>
        Assert.IsType<NumberTarget>(Texts.Read("a,t\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i % 7},{i}\n"))).Target);

    [Fact]
    public void Fractions_are_numbers() =>
        Assert.IsType<NumberTarget>(Texts.Read("a,t\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 2}.5\n"))).Target);

    [Fact]
    public void The_task_overrides_what_the_values_suggest()
    {
        string whole = "a,t\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 2}\n"));
        string fractions = "a,t\n1,0.5\n2,1.5\n3,0.5\n";

        Assert.IsType<NumberTarget>(Texts.Read(whole, new DataOptions { Task = LearningTask.Regression }).Target);
        Assert.Equal(["0.5", "1.5", "0.5"], Texts.Classes(Texts.Read(fractions, new DataOptions { Task = LearningTask.Classification })));
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_with_a_note()
    {
        Dataset data = Texts.Read("a,t\n1,x\n2,\n3,y\n");

        Assert.Equal([1, 3], Texts.Numbers(data, "a"));
        Assert.Contains("1 rows", Assert.Single(data.Notes));
    }

    [Fact]
    public void Rows_to_predict_keep_all_rows()
    {
        var predict = new DataOptions { RequireTarget = false, Target = "t" };

        Assert.Equal(2, Texts.Read("a,t\n1,x\n2,\n", predict).Count);
        Assert.Null(Texts.Read("a,t\n1,x\n2,\n", predict).Target);
        Assert.Null(Texts.Read("a,b\n1,x\n2,y\n", predict).Target);
        Assert.Equal(["x", "y"], Texts.Classes(Texts.Read("a,t\n1,x\n2,y\n", predict)));
    }

    [Fact]
    public void Rows_to_predict_without_names_are_told_from_rows_with_a_target()
    {
        Dataset train = Texts.Read("x,1,2\ny,2,3\nx,3,4\n", new DataOptions { Target = "column 1" });
        DataOptions predict = Preprocessing.Learn(train.Inputs).Reading(new DataOptions { RequireTarget = false, Target = "column 1" });

        Dataset bare = Texts.Read("1,2\n2,3\n", predict);
        Dataset whole = Texts.Read("x,1,2\ny,2,3\n", predict);

        Assert.Null(bare.Target);
        Assert.Equal(["x", "y"], Texts.Classes(whole));
        var rows = new float[2 * 2];
        var same = new float[2 * 2];
        Preprocessing.Learn(train.Inputs).Apply(bare.Inputs, 0, 2, rows);
        Preprocessing.Learn(train.Inputs).Apply(whole.Inputs, 0, 2, same);
        Assert.Equal(rows, same);
    }

    [Fact]
    public void Further_rows_are_read_like_the_first_ones()
    {
        Dataset train = Texts.Read("code,t\n1,0\nx,1\n2,0\n");

        Dataset more = Texts.Read("code,t\n1,5\n2,5\n", new DataOptions().Like(train));

        Assert.Equal(["1", "2"], Texts.Words(more, "code")); // categories, though all are numbers here
        Assert.Equal(["5", "5"], Texts.Classes(more));
    }

    [Fact]
    public void Classes_that_all_end_with_a_full_stop_lose_it() => // as in the adult.test file of UCI
        Assert.Equal(["<=50K", ">50K"], Texts.Classes(Texts.Read("|1x3 Cross validator\n25, Private, <=50K.\n38, Private, >50K.\n")));
}

using System.Text;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

/// <summary>Reads CSV text given in the test itself.</summary>
internal static class Texts
{
    public static Dataset Read(string text, DataOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static Dataset Read(byte[] bytes, DataOptions? options = null) =>
        DataSource.Load("-", (options ?? new DataOptions()) with { StandardInput = new MemoryStream(bytes) }).Train;

    public static string Error(string text, DataOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options)).Message;

    public static double[] Numbers(Dataset data, string column) => ((NumberColumn)((Table)data.Inputs).Fields.Single(field => field.Name == column)).Values;

    public static CategoryColumn Categories(Dataset data, string column) => (CategoryColumn)((Table)data.Inputs).Fields.Single(field => field.Name == column);

    public static string[] Words(Dataset data, string column)
    {
        CategoryColumn categories = Categories(data, column);
        return [.. categories.Codes.Select(code => code < 0 ? "(missing)" : categories.Levels[code])];
    }

    public static string[] Classes(Dataset data)
    {
        var target = (ClassTarget)data.Target!;
        return [.. target.Codes.Select(code => target.Classes[code])];
    }
}

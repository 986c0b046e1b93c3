using SeedHead.Data;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Pictures of functions in rows and columns.</summary>
internal static class PictureGridSection
{
    public static void Write(Page page, PictureGrid grid) => page.Card(grid.Title, () => page.Scroll(grid.Title, () =>
    {
        Html html = page.Html.Open("table", ("class", "functions")).Open("tr").Element("th", grid.RowAxis);
        foreach (string column in grid.Columns)
        {
            html.Element("th", column);
        }

        html.Close();
        for (int i = 0; i < grid.Rows.Count; i++)
        {
            html.Open("tr").Element("th", grid.Rows[i], ("class", "n"));
            for (int j = 0; j < grid.Columns.Count; j++)
            {
                FunctionThumbnail picture = grid.Pictures[i][j];
                html.Open("td").Leaf(
                    "img", ("src", $"data:image/png;base64,{Convert.ToBase64String(PngWriter.Write(picture.Pixels, new ImageShape(picture.Side, picture.Side, 1)))}"),
                    ("width", "60"), ("height", "60"), ("alt", $"{grid.RowAxis} {grid.Rows[i]}, {grid.ColumnAxis} {grid.Columns[j]}"));
                html.Close();
            }

            html.Close();
        }

        html.Close();
    }));
}

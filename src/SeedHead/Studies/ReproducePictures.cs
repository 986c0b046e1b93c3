namespace SeedHead.Studies;

/// <summary>Numbers over two axes as colours, from dark to bright.</summary>
/// <param name="Name">A short name for files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="RowAxis">What rows are.</param>
/// <param name="ColumnAxis">What columns are.</param>
/// <param name="Rows">The rows' names, from the top.</param>
/// <param name="Columns">The columns' names.</param>
/// <param name="Values">Row after row; NaN where there is none.</param>
/// <param name="Least">The number of the darkest colour.</param>
/// <param name="Greatest">The number of the brightest.</param>
internal sealed record HeatMap(
    string Name, string Title, string RowAxis, string ColumnAxis, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values,
    double Least, double Greatest);

/// <summary>Pictures of functions side by side.</summary>
/// <param name="Name">A short name for files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="RowAxis">What rows are.</param>
/// <param name="ColumnAxis">What columns are.</param>
/// <param name="Rows">The rows' names, from the top.</param>
/// <param name="Columns">The columns' names.</param>
/// <param name="Pictures">Row after row.</param>
internal sealed record PictureGrid(
    string Name, string Title, string RowAxis, string ColumnAxis, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<FunctionThumbnail>> Pictures);

/// <summary>Rows in the plane, coloured by class.</summary>
/// <param name="Name">A short name for files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Across">Title of the axis across.</param>
/// <param name="Up">Title of the axis up.</param>
/// <param name="X">Places across.</param>
/// <param name="Y">Places up.</param>
/// <param name="Codes">Class of each row, from 0.</param>
/// <param name="Classes">Names of the classes.</param>
internal sealed record ClassMap(string Name, string Title, string Across, string Up, double[] X, double[] Y, int[] Codes, IReadOnlyList<string> Classes);

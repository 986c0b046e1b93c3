namespace SeedHead.Studies;

/// <summary>One figure or question of the redshift paper: its cells, its findings as checks, its pictures and tables.</summary>
internal abstract class RedshiftPart
{
    /// <summary>What stands in place of a number that is not there.</summary>
    protected const string Missing = "–";

    /// <summary>Its name on the command line.</summary>
    public abstract string Id { get; }

    /// <summary>What it asks.</summary>
    public abstract string Title { get; }

    /// <summary>What has to be run.</summary>
    public abstract IEnumerable<RedshiftCell> Cells { get; }

    /// <summary>Its findings; those whose cells are not all there are left out.</summary>
    public abstract IEnumerable<Check> Checks(RedshiftResults results);

    /// <summary>What is shown of it.</summary>
    public abstract StudyResult Result(RedshiftResults results);

    /// <summary>A number as tables show it.</summary>
    protected static string Text(double value, string format) => double.IsFinite(value) ? value.ToString(format, System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−') : Missing;
}

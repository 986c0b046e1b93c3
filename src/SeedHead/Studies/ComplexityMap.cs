using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Fills the cells of a map. A cell is shared out to the threads network by network; where a cell has few networks, cells are.</summary>
internal sealed class ComplexityMap(ComplexityQuestion question, Execution run)
{
    private const int NetworksAThread = 4; // fewer, and threads would wait for the last network of every cell

    private readonly ComplexityStore? store = question.Folder is { } folder ? new ComplexityStore(folder, question) : null;
    private long done;

    /// <summary>The cells at these places, measure by measure.</summary>
    public IEnumerable<ComplexityCell> Run((int? Depth, double Scale)[] places)
    {
        var cells = new ComplexityCell[places.Length][];
        void Fill(int i, Team team)
        {
            cells[i] = At(team, places[i].Depth, places[i].Scale);
            run.Report("cells", Interlocked.Increment(ref done), places.Length);
        }

        run.Report("cells", 0, places.Length);
        if (question.Networks >= NetworksAThread * run.Threads)
        {
            for (int i = 0; i < places.Length; i++)
            {
                Fill(i, run.Team);
            }
        }
        else
        {
            run.Team.For(places.Length, i => Fill(places.Length - 1 - i, run.Team)); // deep ones first: nobody waits for one at the end
        }

        return cells.SelectMany(cell => cell);
    }

    /// <summary>The cell of one depth and scale, from the folder where it is there.</summary>
    public ComplexityCell[] At(Team team, int? depth, double scale)
    {
        string text = ComplexityNets.Text(question, depth);
        ComplexityValue[][]? values = store?.Read(text, scale);
        if (values is null)
        {
            values = ComplexityNets.Functions(question, depth, scale).Measure(team, question.Measures, question.Side, question.Seed, question.Networks);
            store?.Write(text, scale, values);
        }

        return [.. question.Measures.Select((measure, m) => new ComplexityCell(measure.Name, text, scale, ComplexityNets.Depth(question, depth), values[m]))];
    }
}

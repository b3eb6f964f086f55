using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Rows;

/// <summary>
/// Writes loops over the elements of a row, or of a tile of it, in steps of a vector; the last vector may overlap the one before it.
/// </summary>
/// <param name="Writer">The method's text.</param>
/// <param name="Tiles">The tiles; where there is one, loops have constant ends.</param>
internal sealed record RowSteps(SourceWriter Writer, ElementTiles Tiles)
{
    /// <summary>Parameters of a method that reads one tile.</summary>
    public string Parameters => IsTiled ? ", int first, int end" : string.Empty;

    /// <summary>Elements that a step of vectors can have at most.</summary>
    public int Most => Tiles.Size;

    /// <summary>Place of element <c>e</c> in the row that is written.</summary>
    public string Target => IsTiled ? "(nuint)(e - first)" : "(nuint)e";

    /// <summary>Place of element <c>e</c> of sample <c>s</c> among all codes.</summary>
    public string SingleTarget => IsTiled ? "(s * codeStride) + e - first" : "(s * codeStride) + e";

    private bool IsTiled => Tiles.Count > 1;

    /// <summary>Begins a loop in steps of <paramref name="lanes"/> elements, no more than <see cref="Most"/>.</summary>
    public void Open(int lanes)
    {
        if (!IsTiled && Tiles.Length % lanes == 0)
        {
            Writer.Open($"for (int e = 0; e < {Tiles.Length}; e += {lanes})");
            return;
        }

        Writer.Line(IsTiled ? "int e = first;" : "int e = 0;");
        Writer.Open("while (true)");
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public void Close(int lanes)
    {
        if (IsTiled || Tiles.Length % lanes != 0)
        {
            string last = IsTiled ? $"end - {Literal.Of(lanes)}" : Literal.Of(Tiles.Length - lanes);
            Writer.Open($"if (e == {last})");
            Writer.Line("break;");
            Writer.Close();
            Writer.Line();
            Writer.Line($"e = Math.Min(e + {Literal.Of(lanes)}, {last});");
        }

        Writer.Close();
    }

    /// <summary>Begins a loop over single elements.</summary>
    public void OpenSingle() => Writer.Open(IsTiled ? "for (int e = first; e < end; e++)" : $"for (int e = 0; e < {Literal.Of(Tiles.Length)}; e++)");
}

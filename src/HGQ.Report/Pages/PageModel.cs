using System.Collections.Generic;
using HGQ.Report.Charts;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>All that the template prints.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Subtitle">A line below.</param>
/// <param name="Tiles">The figures that matter most.</param>
/// <param name="Notes">What is missing, and why.</param>
/// <param name="Sections">The sections.</param>
internal sealed record PageModel(
    string Title, string Subtitle, IReadOnlyList<Fact> Tiles, IReadOnlyList<string> Notes, IReadOnlyList<Section> Sections);

/// <summary>A name with a value.</summary>
internal sealed record Fact(string Name, string Value);

/// <summary>A section.</summary>
/// <param name="Id">Its place in the page.</param>
/// <param name="Title">Heading.</param>
/// <param name="Blocks">Content.</param>
internal sealed record Section(string Id, string Title, IReadOnlyList<Block> Blocks);

/// <summary>A part of a section; what is empty is left out.</summary>
internal sealed record Block
{
    /// <summary>Heading of the part.</summary>
    public string Heading { get; init; } = "";

    /// <summary>Paragraphs.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Names with values.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Pictures beside each other.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>A table.</summary>
    public Table? Table { get; init; }

    /// <summary>A table of another form.</summary>
    public Markup? Grid { get; init; }

    /// <summary>Text with its own lines.</summary>
    public string Code { get; init; } = "";
}

/// <summary>A table.</summary>
internal sealed record Table(IReadOnlyList<Cell> Head, IReadOnlyList<Row> Rows);

/// <summary>A row of a table.</summary>
internal sealed record Row(IReadOnlyList<Cell> Cells, bool IsChosen = false);

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsText">Whether it is text, and no number.</param>
/// <param name="Share">Length of a bar below, from 0 to 1; less than 0 for none.</param>
internal sealed record Cell(string Text, bool IsText = false, double Share = -1)
{
    /// <summary>The bar in percent of the cell.</summary>
    public string Width => Figures.Size(100 * Share);
}

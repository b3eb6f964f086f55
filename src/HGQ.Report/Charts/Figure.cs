using System.Collections.Generic;
using HGQ.Report.Text;

namespace HGQ.Report.Charts;

/// <summary>A picture with what is to be said about it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Legend">What its marks mean; may be empty.</param>
/// <param name="Note">A sentence below; may be empty.</param>
internal sealed record Figure(string Title, Markup Picture, IReadOnlyList<LegendEntry> Legend, string Note = "");

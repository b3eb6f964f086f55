using System.Globalization;
using System.Linq;
using HGQ.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HGQ.Generators.Pipeline;

/// <summary>A diagnostic as a value: the incremental pipeline keeps no <see cref="Location"/>.</summary>
/// <param name="Id">Id of a descriptor of <see cref="Descriptors"/>.</param>
/// <param name="Path">File it points into.</param>
/// <param name="Line">Line, counted from 0.</param>
/// <param name="Column">Column, counted from 0.</param>
/// <param name="Arguments">Arguments of the message.</param>
internal sealed record DiagnosticInfo(string Id, string Path, int Line, int Column, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo At(string id, string path, int line, int column, params string[] arguments)
        => new(id, path, line, column, arguments);

    public Diagnostic ToDiagnostic()
    {
        var position = new LinePosition(Line, Column);
        var location = Location.Create(Path, default, new LinePositionSpan(position, position));
        return Diagnostic.Create(Descriptors.Find(Id), location, Arguments.Select(argument => (object)argument).ToArray());
    }

    public override string ToString()
        => string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3}", Path, Line + 1, Column + 1, Id);
}

using System.Globalization;

namespace HGQ.Model.Serialization;

/// <summary>One thing that is wrong with a model file.</summary>
/// <param name="Code">An id of <see cref="ModelErrorCodes"/>, for example <c>HGQ0007</c>.</param>
/// <param name="Message">What was found, what was expected.</param>
/// <param name="Line">Line, counted from 1; 0 where the file has no text to point at.</param>
/// <param name="Column">Column in UTF-16 code units, counted from 1; 0 where the file has no text to point at.</param>
public sealed record ModelError(string Code, string Message, int Line, int Column)
{
    /// <summary>Prints <c>(line,column): code: message</c>, as compilers do.</summary>
    public override string ToString() => Line == 0
        ? Code + ": " + Message
        : string.Format(CultureInfo.InvariantCulture, "({0},{1}): {2}: {3}", Line, Column, Code, Message);
}

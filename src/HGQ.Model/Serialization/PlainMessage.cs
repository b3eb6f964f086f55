using System;
using System.Text.RegularExpressions;

namespace HGQ.Model.Serialization;

/// <summary>Messages for people: without what .NET adds for programmers.</summary>
internal static class PlainMessage
{
    private static readonly Regex Additions = new(
        @"\s*\(Parameter '[^']*'\)|\r?\nActual value was [^\r\n]*|\s*Path: \$.*$|\s*LineNumber: \d+ \| BytePositionInLine: \d+\.?", RegexOptions.Singleline);

    private static readonly Regex TypeNames = new(@"\bSystem\.[A-Za-z.]+(`\d+\[[^\]]*\]+)?");

    /// <summary>The message without names of parameters, places in JSON as .NET writes them, and names of types.</summary>
    public static string Of(string message) => TypeNames.Replace(Additions.Replace(message, ""), "a value of another kind");

    /// <summary>The message of an error.</summary>
    public static string Of(Exception fault) => Of(fault.Message);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Text;

/// <summary>Words that are taken in C++: lists of the file <c>Names/cpp-words.txt</c>, and what our own templates and headers declare or use.</summary>
internal static partial class CppWords
{
    // A parameter of everything, and the usual name of an input port: no function of the test bench uses it where ports are declared.
    private const string UsualPort = "x";

    // Names in projects of other types stay what they are.
    private static readonly string[] AcHeaders = ["sim/ac_int.h", "sim/ac_fixed.h", "sim/ac_channel.h"];

    private static readonly Dictionary<string, string> Lists = Read();

    /// <summary>Keywords, operators that are words, and macros: what can be no name anywhere.</summary>
    public static WordSet Anywhere { get; } = new(StringComparer.Ordinal, Lists["keywords"], Lists["macros"]);

    /// <summary>Names of devices, which some systems give no file.</summary>
    public static WordSet Devices { get; } = new(StringComparer.OrdinalIgnoreCase, Lists["devices"]);

    /// <summary>Names of headers, which no file may have in a folder that is searched for headers.</summary>
    public static WordSet Headers { get; } = new(StringComparer.OrdinalIgnoreCase, Lists["headers"]);

    /// <summary>What cannot be declared outside of namespaces: what libraries declare there, and every word of the test bench and of our headers.</summary>
    public static WordSet Global { get; } = Anywhere.With(Lists["globals"].Split(' ').Concat(Templates("").Where(word => word.Length > 1)).Concat(Templates("tb/")).Concat(["main", "std", "hls"]));

    /// <summary>What no port can be called: ports are variables of the test bench.</summary>
    public static WordSet Ports { get; } = Anywhere.With(Templates("tb/").Where(word => word != UsualPort).Concat(Processes));

    /// <summary>What no layer can be called: functions of layers are called between these variables and functions.</summary>
    public static WordSet Layers { get; } = Anywhere.With(Processes);

    /// <summary>What the headers of <c>ac_int</c> take besides: macros, and what lies outside of namespaces.</summary>
    public static IReadOnlyCollection<string> Ac { get; } = [.. Lists["ac"].Split(' '), .. Words(AcHeaders).Where(word => word.Length > 1)];

    // Variables of the processes of a stream, and functions that stand in the namespace of the layers.
    private static string[] Processes => ["std", "hls", "probe", "probes", "pack", "unpack", "discard", "token", "element", "line", "comes", "ends", "e", "i", "n", "p", "y"];

    // The code of templates and headers is C++ between marks of the template engine.
    private static IEnumerable<string> Templates(string folder) => Words(TemplateRenderer.Resources
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && !AcHeaders.Contains(name)));

    private static IEnumerable<string> Words(IEnumerable<string> templates) => templates
        .Where(name => CppFile().IsMatch(name))
        .SelectMany(name => Word().Matches(NoCode().Replace(TemplateRenderer.Resource(name), " ")))
        .Select(match => match.Value).Distinct(StringComparer.Ordinal);

    private static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(CppWords).Assembly.GetManifestResourceStream("Names/cpp-words.txt")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n# ").Skip(1)
            .ToDictionary(list => list[..list.IndexOfAny([':', '\n'])], list => list[(list.IndexOf('\n', StringComparison.Ordinal) + 1)..].Replace('\n', ' ').Trim());
    }

    [GeneratedRegex(@"\.(h|cpp)(\.sbn)?$")]
    private static partial Regex CppFile();

    [GeneratedRegex(@"\{\{.*?\}\}|//.*|""(\\.|[^""\\\n])*""|#\s*include.*", RegexOptions.None)]
    private static partial Regex NoCode();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}

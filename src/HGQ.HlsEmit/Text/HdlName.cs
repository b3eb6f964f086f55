using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Text;

/// <summary>
/// Names of C++ in Verilog and VHDL. What is a word of the language there is written between the marks that make it a name: the tools
/// call modules and pins as the C++ does.
/// </summary>
internal static class HdlName
{
    private static readonly Dictionary<string, string> Lists = Read();

    /// <summary>Words of Verilog and SystemVerilog.</summary>
    public static WordSet VerilogWords { get; } = new(StringComparer.Ordinal, Lists["verilog"], Lists["systemverilog"]);

    /// <summary>Words of VHDL.</summary>
    public static WordSet VhdlWords { get; } = new(StringComparer.OrdinalIgnoreCase, Lists["vhdl"]);

    /// <summary>A name in Verilog. An escaped one ends with a space.</summary>
    public static string Verilog(string name) => VerilogWords.Contains(name) ? $"\\{name} " : name;

    /// <summary>A name in VHDL.</summary>
    public static string Vhdl(string name) => VhdlWords.Contains(name) ? $"\\{name}\\" : name;

    private static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(HdlName).Assembly.GetManifestResourceStream("Names/hdl-words.txt")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n# ").Skip(1).ToDictionary(
            list => list[..list.IndexOf(':', StringComparison.Ordinal)],
            list => list[(list.IndexOf('\n', StringComparison.Ordinal) + 1)..].Replace('\n', ' ').Trim());
    }
}

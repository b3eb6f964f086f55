using System;
using System.IO;
using System.Linq;
using HGQ.Model.Naming;

namespace HGQ.VerilogEmit.Names;

/// <summary>
/// Words that no name of a project can be: of Verilog, SystemVerilog, VHDL, C++, and what the project declares beside a model's names.
/// </summary>
internal static class VerilogWords
{
    /// <summary>Words of the languages and tools.</summary>
    public static WordSet Languages { get; } = new(StringComparer.OrdinalIgnoreCase, Read());

    /// <summary>For names in the top module: its own ports and registers as well.</summary>
    public static WordSet TopModule { get; } = Languages.With(["clk", "in_valid", "out_valid", "valid"]);

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(VerilogWords).Assembly.GetManifestResourceStream("Names/hdl-words.txt")!);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#'))];
    }
}

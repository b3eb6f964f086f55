using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>The program while it is built: layer lowerings append to it, passes rewrite it.</summary>
internal sealed class ProgramDraft
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ProgramDraft(string name) => Name = name;

    public string Name { get; }

    public List<ProgramInput> Inputs { get; } = new();

    public List<ProgramOutput> Outputs { get; } = new();

    public List<DraftBuffer> Buffers { get; } = new();

    public List<LookupTable> Tables { get; } = new();

    public List<Instruction> Instructions { get; set; } = new();

    public List<LayerProbe> Probes { get; } = new();

    public List<LayerSummary> Layers { get; } = new();

    /// <summary>Adds a buffer and answers its index.</summary>
    public int AddBuffer(string layer, string purpose, FixedPointFormat[] formats, RawInterval[] intervals, int channels)
    {
        var wanted = purpose.Length == 0 ? layer : layer + "." + purpose;
        var name = wanted;
        for (var n = 2; !_names.Add(name); n++)
        {
            name = FormattableString.Invariant($"{wanted}{n}");
        }

        Buffers.Add(new DraftBuffer(name, layer, formats, intervals, Math.Max(channels, 1)));
        return Buffers.Count - 1;
    }

    /// <summary>Index of a table; equal tables are kept once.</summary>
    public int AddTable(LookupTable table)
    {
        var index = Tables.IndexOf(table);
        if (index < 0)
        {
            index = Tables.Count;
            Tables.Add(table);
        }

        return index;
    }

    /// <summary>Who reads each buffer; a program output counts as a reader without instruction (null).</summary>
    public List<Instruction?>[] Readers()
    {
        var readers = new List<Instruction?>[Buffers.Count];
        for (var b = 0; b < readers.Length; b++)
        {
            readers[b] = new List<Instruction?>();
        }

        foreach (var instruction in Instructions)
        {
            foreach (var source in InstructionSources.Of(instruction).Distinct())
            {
                readers[source].Add(instruction);
            }
        }

        foreach (var output in Outputs)
        {
            readers[output.Buffer].Add(null);
        }

        return readers;
    }

    /// <summary>The finished program.</summary>
    public IntegerProgram ToProgram() => new(
        Name,
        Inputs.ToArray(),
        Outputs.ToArray(),
        Buffers.Select(b => new ProgramBuffer(b.Name, b.Layer, b.Formats, b.Intervals)).ToArray(),
        Tables.ToArray(),
        Instructions.ToArray(),
        Probes.ToArray(),
        Layers.ToArray());
}

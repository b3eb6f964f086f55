using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Reporting;
using HGQ.HlsEmit.Text;

namespace HGQ.HlsEmit.Kernels;

/// <summary>What is emitted for a layer: the structs it writes, its functions, and the calls that make it up.</summary>
internal sealed class LayerUnit(string name, string layer, ProjectNames names)
{
    /// <summary>Identifier: name of the files and of the function.</summary>
    public string Name { get; } = name;

    /// <summary>The names of the project.</summary>
    public ProjectNames Names { get; } = names;

    /// <summary>Name of the graph's layer.</summary>
    public string Layer { get; } = layer;

    /// <summary>Structs of the buffers the layer writes.</summary>
    public List<CppStruct> Structs { get; } = [];

    /// <summary>Structs and tables that only the translation unit sees.</summary>
    public List<CppStruct> LocalStructs { get; } = [];

    /// <summary>Adds a struct of wires that only the translation unit sees.</summary>
    public void AddLocalStruct(string name, IEnumerable<(WireType Type, string Name)> members) =>
        LocalStructs.Add(new CppStruct(name, members
            .GroupBy(m => Names.Dialect.Integer(m.Type), StringComparer.Ordinal)
            .Select(group => new CppMember(group.Key, group.Select(m => m.Name).ToArray(), false)).ToArray()));

    /// <summary>Directives of its functions and loops.</summary>
    public UnitPipelining Pipelining { get; set; } = new(HlsPipelineStyle.Pipeline, 1, 1, 1);

    /// <summary>What multiplies by constants.</summary>
    public HlsStrategy Strategy { get; set; } = HlsStrategy.Adders;

    /// <summary>Look-up tables.</summary>
    public List<string> Tables { get; } = [];

    /// <summary>Functions that do the work, in order.</summary>
    public List<CppFunction> Functions { get; } = [];

    /// <summary>Body of the layer's own function.</summary>
    public List<string> Body { get; } = [];

    /// <summary>Names of the input ports it reads.</summary>
    public List<string> Ports { get; } = [];

    /// <summary>Buffers that come from other layers.</summary>
    public List<int> Reads { get; } = [];

    /// <summary>Buffers that other layers or the ports read.</summary>
    public List<int> Writes { get; } = [];

    /// <summary>Buffers that only this layer knows.</summary>
    public List<int> Locals { get; } = [];

    /// <summary>The layer's product where it is folded; null where it is not.</summary>
    public FoldedCalls? Fold { get; set; }

    /// <summary>How the layer works position by position; null where it works on whole samples.</summary>
    public PositionForm? Position { get; set; }

    /// <summary>Buffers that come from other layers, whole, whatever the function reads at once.</summary>
    public IReadOnlyList<int> Receives => Position is null ? Reads : Position.Source is { } source ? [source] : [];

    /// <summary>Buffers that other layers or the ports read, whole, whatever the function writes at once.</summary>
    public IReadOnlyList<int> Sends => Position is null ? Writes : [Position.Result];

    /// <summary>Hardware asked for.</summary>
    public LayerCost Cost { get; } = new();

    /// <summary>Wires of its adders.</summary>
    public WireLog Wires { get; } = new();

    /// <summary>Number of the next part of a sum that was split.</summary>
    public int NextPart { get; set; }
}

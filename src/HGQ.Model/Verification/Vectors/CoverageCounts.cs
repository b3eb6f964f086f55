using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Counts of what is reached, while they are added up.</summary>
internal sealed class CoverageCounts
{
    private readonly Dictionary<string, LayerCoverage> _layers = new();

    public CoverageCounts(IntegerProgram program)
    {
        foreach (var instruction in program.Instructions)
        {
            _layers[instruction.Layer] = new LayerCoverage(instruction.Layer, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /// <summary>Entries of tables, and those that were read.</summary>
    public (long All, long Read) Tables { get; set; }

    /// <summary>The counts of a layer.</summary>
    public LayerCoverage this[string layer]
    {
        get => _layers.TryGetValue(layer, out var counts) ? counts : new LayerCoverage(layer, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        set => _layers[layer] = value;
    }

    public VectorCoverage ToCoverage() => new(_layers.Values.ToArray(), Tables.All, Tables.Read);
}

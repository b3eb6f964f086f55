using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.HlsEmit.Projects;

/// <summary>Gives each layer what multiplies by its constants.</summary>
internal static class StrategyPlanner
{
    /// <summary>Sets the strategy of all layers.</summary>
    /// <exception cref="HlsOptionException">A layer does not exist, or multiplies by no constants.</exception>
    public static void Plan(HlsOptions options, IReadOnlyList<(LayerUnit Unit, List<Instruction> Instructions)> units)
    {
        var multiplying = units.Where(entry => entry.Instructions.Exists(i => i is ConstantProductInstruction))
            .Select(entry => entry.Unit.Layer).ToHashSet();
        foreach (var name in options.LayerStrategies.Keys.Order(System.StringComparer.Ordinal))
        {
            Require(name, units, multiplying);
        }

        foreach (var (unit, _) in units)
        {
            unit.Strategy = options.LayerStrategies.TryGetValue(unit.Layer, out var own) ? own : options.Strategy;
        }
    }

    private static void Require(
        string name, IReadOnlyList<(LayerUnit Unit, List<Instruction> Instructions)> units, HashSet<string> multiplying)
    {
        if (multiplying.Contains(name))
        {
            return;
        }

        var right = units.Select(entry => entry.Unit.Layer).Where(multiplying.Contains).Distinct().ToArray();
        var list = right.Length == 0 ? "no layer of this model does" : "those that do: " + string.Join(", ", right);
        var nearest = NearestWord.Find(name, right) is { } word ? $"; did you mean '{word}'?" : ".";
        throw new HlsOptionException(nameof(HlsOptions.LayerStrategies), units.Any(entry => entry.Unit.Layer == name)
            ? $"The layer '{name}' of a strategy multiplies by no constants; {list}."
            : $"The layer '{name}' of a strategy does not exist{nearest} Layers that multiply by constants: {string.Join(", ", right)}.");
    }
}

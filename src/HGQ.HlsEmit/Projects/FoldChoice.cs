using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Reporting;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>Which layers are folded.</summary>
/// <param name="Phases">Clock cycles over which the product of each layer is folded; 1 where it is not.</param>
/// <param name="Unfolded">What each layer that is folded would cost otherwise; null of others.</param>
/// <param name="Kept">Layers with a reuse factor that are not folded, and why.</param>
internal sealed record FoldChoice(IReadOnlyList<int> Phases, IReadOnlyList<LayerCost?> Unfolded, IReadOnlyList<string> Kept)
{
    /// <summary>Whether any layer is folded.</summary>
    public bool Any => Phases.Any(phases => phases > 1);

    /// <summary>Chooses. A layer with a reuse factor of its own is folded, one under the factor of all layers where that costs less.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="units">Its layers.</param>
    /// <param name="dataflow">Whether layers may be loops of their own.</param>
    /// <exception cref="HlsOptionException">A layer with a reuse factor of its own cannot be folded.</exception>
    public static FoldChoice Of(
        IntegerProgram program, HlsOptions options, IReadOnlyList<(LayerUnit Unit, List<Instruction> Instructions)> units, bool dataflow)
    {
        var none = new FoldChoice(units.Select(_ => 1).ToArray(), new LayerCost?[units.Count], []);
        var asked = units.Select(entry => Asked(options, entry.Unit)).ToArray();
        if (asked.All(factor => factor == 1))
        {
            return none;
        }

        var products = units.Select((entry, n) => asked[n] == 1 ? null : Product(entry.Unit, entry.Instructions)).ToArray();
        Refuse(options, units, dataflow);
        if (!dataflow)
        {
            return products.All(product => product is null) ? none : none with
            {
                Kept = ["no layer is folded: in one pipeline all loops are unrolled; streams (--io stream)"
                    + (CppDialect.Of(options).HasDataflowOfArrays ? ", or for a chain of layers the pipeline style dataflow, " : " ")
                    + "fold dense layers"],
            };
        }

        var wanted = asked.Select((factor, n) => products[n] is { } product ? Math.Min(factor, Most(product)) : 1).ToArray();
        var unfolded = WholeSamples.Write(program, options, none.Phases);
        var folded = WholeSamples.Write(program, options, wanted);
        var kept = new List<string>();
        for (var n = 0; n < wanted.Length; n++)
        {
            var (before, after) = (unfolded[n].Cost, folded[n].Cost);
            if (wanted[n] > 1 && Total(after) >= Total(before) && !options.LayerReuseFactors.ContainsKey(units[n].Unit.Layer))
            {
                kept.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"layer '{units[n].Unit.Layer}' is not folded over {wanted[n]} clocks: multipliers and tables would cost "
                        + $"{Text(after)}, its adders cost {Text(before)}"));
                wanted[n] = 1;
            }
        }

        return new FoldChoice(wanted, wanted.Select((phases, n) => phases > 1 ? unfolded[n].Cost : null).ToArray(), kept);
    }

    private static int Asked(HlsOptions options, LayerUnit unit) =>
        options.LayerReuseFactors.TryGetValue(unit.Layer, out var own) ? own : options.ReuseFactor;

    private static long Total(LayerCost cost) => HardwareEstimate.Luts(cost) + (DspRule.MostLuts * HardwareEstimate.Dsps(cost));

    private static string Text(LayerCost cost) => string.Create(
        CultureInfo.InvariantCulture, $"{HardwareEstimate.Luts(cost)} LUT and {HardwareEstimate.Dsps(cost)} DSP");

    // More phases than there are inputs or outputs would leave a single multiplier idle.
    private static int Most(ConstantProductInstruction product) => Math.Max(product.Taps, product.Outputs);

    private static ConstantProductInstruction? Product(LayerUnit unit, List<Instruction> instructions) =>
        unit.Position is null && instructions.OfType<ConstantProductInstruction>().ToArray() is [{ Positions: 1, Groups: 1 } product]
            && Most(product) > 1 && product.Weights.Any(weight => weight != 0) ? product : null;

    private static void Refuse(HlsOptions options, IReadOnlyList<(LayerUnit Unit, List<Instruction> Instructions)> units, bool dataflow)
    {
        foreach (var (layer, factor) in options.LayerReuseFactors.Where(entry => entry.Value > 1)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var own = units.Where(entry => entry.Unit.Layer == layer).ToArray();
            var product = own.Select(entry => Product(entry.Unit, entry.Instructions)).FirstOrDefault(found => found is not null);
            if (own.Length > 0 && dataflow && (product is null || factor > Most(product)))
            {
                var right = units.Where(entry => Product(entry.Unit, entry.Instructions) is not null)
                    .Select(entry => entry.Unit.Layer).Distinct().ToArray();
                var others = right.Length == 0 ? "no layer of this model can" : "those that can: " + string.Join(", ", right);
                throw new HlsOptionException(nameof(HlsOptions.LayerReuseFactors), string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layer '{layer}' cannot be folded over {factor} clocks: "
                        + $"{(product is null ? Reason(own) + $"; {others}." : Limit(product))}"));
            }
        }
    }

    private static string Limit(ConstantProductInstruction product) => string.Create(
        CultureInfo.InvariantCulture,
        $"it has {product.Taps} inputs and {product.Outputs} outputs to take turns with; at most {Most(product)}.");

    private static string Reason((LayerUnit Unit, List<Instruction> Instructions)[] own)
    {
        var products = own.SelectMany(entry => entry.Instructions).OfType<ConstantProductInstruction>().ToArray();
        return Array.Exists(own, entry => entry.Unit.Position is not null) || Array.Exists(products, product => product.Positions > 1)
            ? "its positions take turns already, on one kernel (a parallelFactor computes several at once); leave the factor out"
            : products.Length == 0 ? "it multiplies by no constants; leave the factor out"
            : products.Length > 1 ? "it has several products with constants; leave the factor out"
            : products[0].Groups > 1 ? "each output has inputs of its own, so there is no dense product; leave the factor out"
            : "it has one weight or none; leave the factor out";
    }
}

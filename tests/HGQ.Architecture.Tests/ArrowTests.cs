using System;
using System.Linq;

namespace HGQ.Architecture.Tests;

/// <summary>Who may use whom (docs/architecture.md).</summary>
public sealed class ArrowTests
{
    [Theory]
    [InlineData("HGQ.Model")]
    [InlineData("HGQ.Runtime", "HGQ.Model")]
    [InlineData("HGQ.Generators", "HGQ.Model")]
    [InlineData("HGQ.HlsEmit", "HGQ.Model")]
    [InlineData("HGQ.Import", "HGQ.Model")]
    [InlineData("HGQ.Report", "HGQ.Model")]
    [InlineData("HGQ.Sweep", "HGQ.Model")]
    [InlineData("HGQ.VerilogEmit", "HGQ.Model")]
    [InlineData("hgq", "HGQ.Generators", "HGQ.HlsEmit", "HGQ.Import", "HGQ.Model", "HGQ.Report", "HGQ.Runtime", "HGQ.Sweep",
        "HGQ.VerilogEmit")]
    public void Assemblies_reference_only_what_the_picture_shows(string name, params string[] allowed)
    {
        var ours = Find(name).References.Where(reference => reference.StartsWith("HGQ.", StringComparison.Ordinal) || reference == "hgq");

        Violations.AssertNone(ours.Except(allowed));
    }

    [Fact]
    public void Every_assembly_is_in_the_picture() =>
        Assert.Equal(
            [
                "HGQ.Generators", "HGQ.HlsEmit", "HGQ.Import", "HGQ.Model", "HGQ.Report", "HGQ.Runtime", "HGQ.Sweep", "HGQ.VerilogEmit",
                "hgq",
            ],
            BuiltAssembly.All.Select(assembly => assembly.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_model_needs_nothing_at_run_time() => Assert.Equal(["netstandard"], Find("HGQ.Model").References);

    [Fact]
    public void The_generator_loads_only_what_the_compiler_has()
    {
        var foreign = Find("HGQ.Generators").References.Where(reference =>
            reference is not ("netstandard" or "HGQ.Model" or "System.Collections.Immutable")
            && !reference.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

        Violations.AssertNone(foreign);
    }

    /// <summary>
    /// Shifts, roundings, overflows and the formats of results are decided once, in the lowering; a back end that computes one is a bug.
    /// Intervals it may compute: they size temporaries (lanes of a vector, wires of an adder tree), which hold any exact value.
    /// </summary>
    [Theory]
    [InlineData("HGQ.Generators")]
    [InlineData("HGQ.HlsEmit")]
    [InlineData("HGQ.VerilogEmit")]
    public void Back_ends_decide_no_format(string name) => Violations.AssertNone(Find(name).UsedMembers.Where(member =>
        member is "HGQ.Model.FixedPoint.FixedPointFormat::ForInterval"
            or "HGQ.Model.FixedPoint.FixedPointArithmetic::ShiftRound"
            or "HGQ.Model.FixedPoint.FixedPointArithmetic::Quantize"
            or "HGQ.Model.FixedPoint.FixedPointArithmetic::FromDouble"
            or "HGQ.Model.FixedPoint.FixedPointArithmetic::TryFromDouble"
        || (member.StartsWith("HGQ.Model.Lowering.", StringComparison.Ordinal) && !member.StartsWith("HGQ.Model.Lowering.Lower", StringComparison.Ordinal))));

    [Fact]
    public void Nothing_asks_for_the_culture_of_the_machine()
    {
        var asking = BuiltAssembly.All.SelectMany(assembly => assembly.UsedMembers
            .Where(member => member is "System.Globalization.CultureInfo::get_CurrentCulture" or "System.Globalization.CultureInfo::get_CurrentUICulture" or "System.Environment::get_NewLine")
            .Select(member => $"{assembly.Name}: {member}"));

        Violations.AssertNone(asking);
    }

    private static BuiltAssembly Find(string name) => BuiltAssembly.All.Single(assembly => assembly.Name == name);
}

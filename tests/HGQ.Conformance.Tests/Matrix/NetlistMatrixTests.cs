using System.Linq;
using HGQ.Conformance.Tests.Regressions;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Bit netlists, with and without registers, give the interpreter's integers; random models of all layers are in HGQ.Model.Tests.</summary>
public sealed class NetlistMatrixTests
{
    public static TheoryData<string> Recorded() => [.. GoldenMatrix.Names];

    [GoldenTheory]
    [MemberData(nameof(Recorded))]
    public void Recorded_models(string model) => Assert.Empty(GoldenMatrix.Verdict(MatrixEngines.Netlist, model).Faults);

    [Fact]
    public void Models_that_failed_once() =>
        Assert.Empty(MatrixEngines.Find(MatrixEngines.Netlist).Run([.. RegressionFolder.Models()]).SelectMany(verdict => verdict.Faults));

    [Fact]
    public void Dense_models() => Fuzzing.Run(MatrixEngines.Find(MatrixEngines.Netlist), RandomGraphs.Dense, 60);
}

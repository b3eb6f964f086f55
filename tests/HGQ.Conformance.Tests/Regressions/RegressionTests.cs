using System.Linq;
using HGQ.Conformance.Tests.Matrix;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Regressions;

/// <summary>Models that an engine once got wrong stay right in all of them.</summary>
public sealed class RegressionTests
{
    public static TheoryData<string> Managed() => [.. MatrixEngines.Managed];

    public static TheoryData<string> Compiled() => [.. MatrixEngines.Compiled];

    [Theory]
    [MemberData(nameof(Managed))]
    public void Kept_models_are_right(string engine) => AssertRight(engine);

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Kept_models_are_right_compiled(string engine) => AssertRight(engine);

    private static void AssertRight(string engine)
    {
        var faults = MatrixEngines.Find(engine).Run([.. RegressionFolder.Models()]).SelectMany(verdict => verdict.Faults).ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }
}

using System.Linq;
using HGQ.Conformance.Tests.Matrix;

namespace HGQ.Conformance.Tests.Regressions;

/// <summary>Models that an engine once got wrong stay right in all of them.</summary>
public sealed class RegressionTests
{
    public static TheoryData<string> Managed() => [.. MatrixEngines.Managed];

    [Theory]
    [MemberData(nameof(Managed))]
    public void Kept_models_are_right(string engine) => AssertRight(engine);

    private static void AssertRight(string engine) =>
        Assert.Empty(MatrixEngines.Find(engine).Run([.. RegressionFolder.Models()]).SelectMany(verdict => verdict.Faults));
}

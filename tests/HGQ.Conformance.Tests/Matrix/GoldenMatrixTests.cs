using System.Collections.Generic;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Recorded whole models: every engine gives the integers that the interpreter gives, and so the recorded ones.</summary>
public sealed class GoldenMatrixTests
{
    public static TheoryData<string, string> Managed() => Pairs(MatrixEngines.Managed);

    public static TheoryData<string, string> Compiled() => Pairs(MatrixEngines.Compiled);

    [GoldenTheory]
    [MemberData(nameof(Managed))]
    public void Engine_equals_the_interpreter(string engine, string model) => AssertEqual(engine, model);

    [GoldenTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Compiled_engine_equals_the_interpreter(string engine, string model) => AssertEqual(engine, model);

    private static TheoryData<string, string> Pairs(IEnumerable<string> engines)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var engine in engines)
        {
            foreach (var model in GoldenMatrix.Names)
            {
                pairs.Add(engine, model);
            }
        }

        return pairs;
    }

    private static void AssertEqual(string engine, string model)
    {
        var verdict = GoldenMatrix.Verdict(engine, model);
        Assert.True(verdict.Faults.Count == 0, string.Join('\n', verdict.Faults));
        Assert.NotEmpty(verdict.EntryPoints);
    }
}

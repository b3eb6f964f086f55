using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

public sealed class AnyNetworkTests
{
    /// <summary>Seeds of the random models; HGQ_HLS_SEEDS sets how many more.</summary>
    public static TheoryData<int> Seeds()
    {
        var more = int.TryParse(Environment.GetEnvironmentVariable("HGQ_HLS_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 3;
        return new TheoryData<int>(Enumerable.Range(1, more));
    }

    [ToolTheory("g++", "make")]
    [MemberData(nameof(Seeds))]
    public void Graphs_of_all_layers_give_the_integers_of_the_interpreter(int seed) => HlsRun.AssertEqual(AnyNetwork.Create(seed, 8, 5));

    [Fact]
    public void Emission_is_deterministic()
    {
        var program = Lowerer.Lower(AnyNetwork.Create(7, 6, 5));
        var first = HlsEmitter.Emit(program, new HlsOptions(), "{}", [new long[program.InputCodeSize]]);
        var second = HlsEmitter.Emit(Lowerer.Lower(AnyNetwork.Create(7, 6, 5)), new HlsOptions(), "{}", [new long[program.InputCodeSize]]);
        Assert.Equal(first.Files, second.Files);
    }
}

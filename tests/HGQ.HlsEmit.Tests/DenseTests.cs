using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

public sealed class DenseTests
{
    [ToolTheory("g++", "make")]
    [InlineData(1, 8)]
    [InlineData(2, 12)]
    [InlineData(3, 5)]
    public void Dense_networks_give_the_integers_of_the_interpreter(int seed, int maxWidth) =>
        HlsRun.AssertEqual(AnyModel.Dense(seed, "net", maxWidth, 7, 9, 6, 3));
}

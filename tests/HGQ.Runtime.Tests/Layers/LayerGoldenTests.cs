using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Layers;

public sealed class LayerGoldenTests
{
    [GoldenTheory]
    [InlineData("layers_dense.json", true)]
    [InlineData("layers_dense.json", false)]
    [InlineData("layers_conv.json", true)]
    [InlineData("layers_conv.json", false)]
    [InlineData("layers_passive.json", true)]
    [InlineData("layers_passive.json", false)]
    public void Every_recorded_layer_is_followed(string file, bool fused)
    {
        foreach (var c in GoldenFile.Cases(file))
        {
            new LayerCase(c, fused).Check();
        }
    }
}

using HGQ.Model.Hardware.Parts;

namespace HGQ.Model.Tests.Hardware;

public sealed class FpgaPartTests
{
    [Theory]
    [InlineData("xcvu13p-flga2577-2-e", "xcvu13p")]
    [InlineData("xc7z020clg400-1", "xc7z020")]
    [InlineData("xc7z020-clg400-1", "xc7z020")]
    [InlineData("xc7a35ticsg324-1L", "xc7a35")]
    [InlineData("xc7vx690tffg1927-2", "xc7vx690t")]
    [InlineData("xcku115-flva1517-2-e", "xcku115")]
    [InlineData("xczu3eg-sbva484-1-e", "xczu3eg")]
    [InlineData("xcu250-figd2104-2L-e", "xcu250")]
    [InlineData("xck26-sfvc784-2LV-c", "xck26")]
    [InlineData("XCVC1902-VSVA2197-2MP-E-S", "xcvc1902")]
    [InlineData("xqku115-rld1517-2-i", "xcku115")]
    [InlineData("xc7s50csga324-1", "xc7s50")]
    [InlineData("xczu28dr-ffvg1517-2-e", "xczu28dr")]
    public void Known_parts_are_known(string name, string device)
    {
        Assert.True(FpgaPart.TryParse(name, out var part));
        Assert.True(part!.IsKnown);
        Assert.StartsWith(device, part.Device, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xcvu99p-flga2577-2-e")]
    [InlineData("xcku7p-ffvb676-1-e")]
    public void A_part_of_a_family_that_is_not_listed_is_taken_and_not_known(string name)
    {
        Assert.True(FpgaPart.TryParse(name, out var part));
        Assert.False(part!.IsKnown);
    }

    [Theory]
    [InlineData("", "xc7s6")]
    [InlineData("xcvu13p", "xcvu13p")]
    [InlineData("xcvi13p-flga2577-2-e", "xcvu13p")]
    [InlineData("xc7z02clg400-1x-y-z-w", "xc7z020")]
    [InlineData("xcvu13pp-flga2577-2-e", "xcvu13p")]
    [InlineData("10CX220YF780E5G", "")]
    [InlineData("xcvu13p-flga2577-2-e; exec rm", "xcvu13p")]
    public void Anything_else_is_refused_with_the_nearest_devices(string name, string nearest)
    {
        Assert.False(FpgaPart.TryParse(name, out _));
        var found = FpgaPart.Nearest(name);
        Assert.Equal(3, found.Count);
        Assert.True(nearest.Length == 0 || found[0] == nearest, string.Join(' ', found));
    }
}

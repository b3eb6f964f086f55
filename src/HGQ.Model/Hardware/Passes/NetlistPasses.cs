using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Passes;

/// <summary>What tidies a netlist up after mapping; each pass gives a netlist of the same function.</summary>
internal static class NetlistPasses
{
    public static BitNetlist Run(BitNetlist netlist, bool trimming, bool pairing)
    {
        netlist = trimming ? ChainTrimming.Run(netlist) : netlist;
        return pairing ? LutPairing.Run(netlist) : netlist;
    }
}

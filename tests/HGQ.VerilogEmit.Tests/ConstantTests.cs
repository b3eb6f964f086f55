using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Pipelining;

namespace HGQ.VerilogEmit.Tests;

/// <summary>A table that always gives the same needs no registers, wherever its readers stand.</summary>
public sealed class ConstantTests
{
    [Fact]
    public void What_is_made_of_constants_is_of_every_stage()
    {
        var one = new FixedPointFormat(false, 1, 0);
        EquatableArray<int> In(params int[] signals) => signals;
        var cells = new NetlistCell[]
        {
            new LutCell(0, LutRole.Logic, In(), ulong.MaxValue, 3, -1),
                new LutCell(0, LutRole.Logic, In(2), 0x5555_5555_5555_5555, 4, -1),
                    new LutCell(0, LutRole.Logic, In(4, 3), 0x8888_8888_8888_8888, 5, -1),
        };
        var port = new BitPort("x", new[] { new BitElement(one, In(2)) });
        var netlist = new BitNetlist(
            "constant", 6, new[] { port }, new[] { new BitPort("y", new[] { new BitElement(one, In(5)), new BitElement(one, In(3)) }) },
                cells, new[] { "layer" }, 0);
        BitNetlistVerifier.Verify(netlist);

        var pipelined = Pipeliner.Run(netlist, new PipelineOptions(1, InputRegisters: true, OutputRegisters: true));

        Assert.Equal(3, pipelined.Latency);
        Assert.Equal(3, pipelined.Cells.OfType<RegisterCell>().Count());
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Element-wise exact sum.</summary>
internal static class AddKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, AddInstruction add)
    {
        var sources = add.Operands.Select(operand => operand.Buffer).ToArray();
        var buffers = sources
            .Select((buffer, index) => (context.Layouts[buffer], KernelContext.SourceName(index, sources.Length)))
            .Append((context.Layouts[add.Destination], "y")).ToArray();
        var (loop, elements) = LoopFinder.ElementWise(period => add.Operands.All(operand => Repetition.Holds(operand.Shifts, period)), buffers);
        var kernel = context.Begin("add", loop, sources, add.Destination);
        var target = loop.Views[^1];
        for (var e = 0; e < elements; e++)
        {
            if (target.HasWire(e))
            {
                var terms = Terms(add, e, loop);
                kernel.Open(terms.Count);
                kernel.Line($"{target.Target(e)} = {new AdderTree(kernel, target.Type(e).Width).Sum(terms, target.Place(e))};");
            }
        }

        context.End(kernel);
    }

    private static List<AdderTerm> Terms(AddInstruction add, int e, PositionLoop loop)
    {
        var constant = BigInteger.Zero;
        var terms = new List<AdderTerm>();
        for (var index = 0; index < add.Operands.Length; index++)
        {
            var (operand, value) = (add.Operands[index], loop.Views[index].Read(e));
            if (value.IsConstant)
            {
                var shifted = value.Interval.Low << operand.Shifts[e];
                constant += operand.Negate ? -shifted : shifted;
            }
            else
            {
                terms.Add(new AdderTerm(value, operand.Shifts[e], operand.Negate));
            }
        }

        if (!constant.IsZero)
        {
            terms.Add(AdderTerm.Of(constant));
        }

        return terms;
    }
}

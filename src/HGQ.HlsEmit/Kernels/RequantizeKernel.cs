using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Relu, shift, rounding and overflow, element by element; truncation that wraps is wiring.</summary>
internal static class RequantizeKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, RequantizeInstruction requantize)
    {
        var formats = context.Program.Buffers[requantize.Destination].Formats;
        var (loop, elements) = LoopFinder.ElementWise(
            period => Repetition.Holds(requantize.Shifts, period) && Repetition.Holds(requantize.Roundings, period)
                && Repetition.Holds(requantize.Overflows, period) && Repetition.Holds(formats, period),
            (context.Layouts[requantize.Source], "x"),
            (context.Layouts[requantize.Destination], "y"));
        var kernel = context.Begin("quantize", loop, [requantize.Source], requantize.Destination);
        for (var e = 0; e < elements; e++)
        {
            if (loop.Views[1].HasWire(e))
            {
                kernel.Open(2);
                var step = new RequantizeStep(requantize.Relu, requantize.Shifts[e], requantize.Roundings[e], requantize.Overflows[e], formats[e]);
                kernel.Line($"{loop.Views[1].Target(e)} = {Text(kernel, step, loop, e)};");
            }
        }

        context.End(kernel);
    }

    // A place of an array that is always the same is a constant of the program, whatever its source holds (integer-program.md 0.4).
    private static string Text(KernelWriter kernel, RequantizeStep step, PositionLoop loop, int e)
    {
        var wire = loop.Views[1].Type(e);
        var interval = loop.Views[1].Interval(e);
        return interval.IsPoint
            ? kernel.Typed(wire, interval.Low)
            : step.Write(kernel, loop.Views[0].Read(e), wire);
    }
}

using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>min(max(x, low), high), element by element.</summary>
internal static class ClampKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, ClampInstruction clamp)
    {
        var (loop, elements) = LoopFinder.ElementWise(
            period => Repetition.Holds(clamp.Low, period) && Repetition.Holds(clamp.High, period),
            (context.Layouts[clamp.Source], "x"),
            (context.Layouts[clamp.Destination], "y"));
        var kernel = context.Begin("clamp", loop, [clamp.Source], clamp.Destination);
        for (var e = 0; e < elements; e++)
        {
            if (loop.Views[1].HasWire(e))
            {
                kernel.Open(2);
                kernel.Line($"{loop.Views[1].Target(e)} = {Clamped(kernel, clamp, e, loop)};");
            }
        }

        context.End(kernel);
    }

    private static string Clamped(KernelWriter kernel, ClampInstruction clamp, int e, PositionLoop loop)
    {
        var (x, wire, format) = (loop.Views[0].Read(e), loop.Views[1].Type(e), loop.Views[1].Format(e));
        var (low, high) = (format.FromStorage(clamp.Low[e]), format.FromStorage(clamp.High[e]));
        var text = $"{kernel.Cpp(wire)}({x.Text})";
        if (x.Interval.Low < low)
        {
            kernel.Cost.CountSelector(x.Type.Width);
            text = x.Interval.High <= low
                ? kernel.Typed(wire, low)
                : $"{x.Text} < {kernel.Typed(x.Type, low)} ? {kernel.Typed(wire, low)} : {text}";
        }

        if (x.Interval.High > high)
        {
            kernel.Cost.CountSelector(x.Type.Width);
            text = x.Interval.Low >= high
                ? kernel.Typed(wire, high)
                : $"{x.Text} > {kernel.Typed(x.Type, high)} ? {kernel.Typed(wire, high)} : ({text})";
        }

        return text;
    }
}

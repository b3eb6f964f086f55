using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Takes the codes out of an input port: each element's own bits of the port's common type.</summary>
internal static class InputPortKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, QuantizeInputInstruction input)
    {
        var port = context.Ports[input.Destination];
        context.Unit.Ports.Add(port.Name);
        var wires = context.Layouts[input.Destination];
        var uniform = wires.Period == 1 && wires.IsArray && Enumerable.Range(0, port.Length).All(e => port.Format(e) == port.Format(0));
        var loop = uniform ? PositionLoop.Try(port.Length, (wires, "y", PositionLoop.Strided(port.Length, 1))) : null;
        var kernel = new KernelWriter(
            context.Unit,
            context.FunctionName("codes"),
            [
                new KernelParameter(Declaration(port), "x", port.Name),
                KernelParameter.Write(wires.StructName, "y", wires.Variable),
            ],
            loop);
        for (var e = 0; e < (loop is null ? port.Length : 1); e++)
        {
            if (wires.HasWire(e))
            {
                kernel.Open(1);
                var source = loop is null ? e.ToString(CultureInfo.InvariantCulture) : PositionLoop.Variable;
                var target = loop is null ? wires.Text("y", e) : loop.Views[0].Target(e);
                kernel.Line($"{target} = {Code(kernel, context, port, wires.Type(e), e, $"x[{source}]")};");
            }
        }

        context.End(kernel);
    }

    private static string Declaration(PortType port) => string.Create(CultureInfo.InvariantCulture, $"const {port.Name}_t x[{port.Length}]");

    private static string Code(KernelWriter kernel, KernelContext context, PortType port, WireType wire, int element, string source)
    {
        var format = port.Format(element);
        if (context.InputOverflow != HlsInputOverflow.Saturate || port.Width == format.Width)
        {
            var low = port.Low(element);
            return kernel.Dialect.Bits(source, low, port.Raw, wire);
        }

        if (port.Width > FixedPointFormat.MaxWidth)
        {
            throw new HlsEmitException(string.Create(
                CultureInfo.InvariantCulture,
                $"The port '{port.Name}' is {port.Width} bits wide: saturation at the input port is possible up to {FixedPointFormat.MaxWidth} bits. Choose another overflow at the input port."));
        }

        var all = port.Raw;
        var name = kernel.Define(all, kernel.Dialect.Bits(source, 0, all, all));
        var step = new RequantizeStep(false, port.Low(element), RoundingMode.Truncate, OverflowAction.Saturate, format);
        return step.Write(kernel, new Operand(name, all, new RawInterval(all.Low, all.High)), wire);
    }
}

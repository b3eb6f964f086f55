using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Inspection;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq inspect</c>: a model's layers, formats and cost.</summary>
internal sealed class InspectCommand : ICommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, for scripts." };
    private readonly Option<bool> _hardware =
        new("--hardware") { Description = "Count LUTs, registers, levels and stages too, as 'hgq emit verilog' makes them." };

    private readonly Option<bool> _stream =
        new("--stream") { Description = "Count the circuits of one position too, as 'hgq emit verilog --io stream' makes them." };

    public InspectCommand() =>
        Definition = new Command("inspect", "Show layers, shapes, formats and cost of a model.") { _model, _json, _hardware, _stream };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq inspect run/model.hgq.json"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        ModelGraph graph = ModelArgument.Read(arguments.GetRequiredValue(_model));
        ModelInspection model = ModelInspection.Of(graph);
        HardwareReport? hardware = null;
        StreamHardware? stream = null;
        if (arguments.GetValue(_hardware))
        {
            using var progress = new MappingDisplay(context.Messages);
            hardware = HardwareTable.Count(graph, progress, cancellation);
        }

        if (arguments.GetValue(_stream))
        {
            using var progress = new MappingDisplay(context.Messages);
            stream = StreamTable.Count(graph, progress, cancellation);
        }

        context.Output.Write(arguments.GetValue(_json) ? InspectionJson.Print(model, hardware, stream)
            : Print(model, WidthBars.Print(graph, model, TerminalStyle.ShowsBlocks()))
                + (hardware is null ? "" : "\n" + HardwareTable.Print(hardware))
                + (stream is null ? "" : "\n" + StreamTable.Print(stream)));
        return ExitCode.Done;
    }

    private static string Print(ModelInspection model, string bars)
    {
        var table = new TextTable("layer", "kind", "reads", "shape", ">bits", "format", ">constant", ">weights", ">non-zero", ">EBOPs", ">adders", ">tables");
        foreach (LayerInspection layer in model.Layers)
        {
            table.Add(
                layer.Name, layer.Kind, string.Join(" ", layer.Inputs), layer.Shape.ToString(), Widths(layer.Formats), Formats(layer.Formats),
                OrDash(layer.Constant), OrDash(layer.Weights), layer.Weights == 0 ? "-" : Invariant($"{layer.NonzeroWeights}"),
                layer.Weights == 0 && layer.Ebops == 0 ? "-" : Invariant($"{layer.Ebops:0.#}"), OrDash(layer.Adders),
                layer.Tables == 0 ? "-" : Invariant($"{layer.Tables} ({layer.TableBits} bits)"));
        }

        string inputs = string.Join(", ", model.Inputs.Select(static i => $"{i.Name} {i.Shape}" + (i.Standardization is null ? "" : " standardised")));
        string outputs = string.Join(", ", model.Outputs.Select(static o => $"{o.Name} {o.Shape}"));
        return $"model    {model.Name}\ninputs   {inputs}\noutputs  {outputs}\n\n{table}\n"
            + Invariant($"total: {model.Ebops:0.#} EBOPs, {model.NonzeroWeights} of {model.Weights} weights non-zero, {model.Adders} adders\n")
            + (bars.Length == 0 ? "" : "\n" + bars);
    }

    private static string OrDash(int number) => number == 0 ? "-" : Invariant($"{number}");

    private static string Widths(EquatableArray<FixedPointFormat> formats)
    {
        if (formats.Length == 0)
        {
            return "real";
        }

        int least = formats.Min(static format => Math.Max(0, format.Width)), most = formats.Max(static format => Math.Max(0, format.Width));
        return least == most ? Invariant($"{least}") : Invariant($"{least}..{most}");
    }

    // s<i,f>: sign, integer bits, fraction bits, each as a range where elements differ.
    private static string Formats(EquatableArray<FixedPointFormat> formats)
    {
        FixedPointFormat[] used = [.. formats.Where(static format => !format.IsZero)];
        if (used.Length == 0)
        {
            return "-";
        }

        string sign = used.All(static format => format.Signed) ? "s" : used.Any(static format => format.Signed) ? "s/u" : "u";
        return $"{sign}<{Range(used, static format => format.IntegerBits)},{Range(used, static format => format.FractionBits)}>";
    }

    private static string Range(FixedPointFormat[] formats, Func<FixedPointFormat, int> bits)
    {
        int least = formats.Min(bits), most = formats.Max(bits);
        return least == most ? Invariant($"{least}") : Invariant($"{least}..{most}");
    }
}

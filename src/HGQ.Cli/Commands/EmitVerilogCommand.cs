using System.CommandLine;
using System.Globalization;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Cli.Terminal;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.VerilogEmit;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq emit verilog</c>: a model as a Verilog project.</summary>
internal sealed class EmitVerilogCommand : IEmitCommand
{
    private const string NoPipeline = "none";

    private static readonly VerilogOptions Defaults = new();

    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _out =
        new("--out") { Description = "Folder: a new one, or one with an earlier emission.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _force = OutputFile.CreateForce();
    private readonly Option<string?> _top =
        new("--top") { Description = "Name of the top module. Default: the model's name.", HelpName = "NAME" };
    private readonly WordOption<VerilogTarget> _target = new(
        "--target", "Cells: AMD's LUTs and carry chains, or behavioural Verilog for any vendor.", Defaults.Target,
        ("amd", VerilogTarget.Amd), ("generic", VerilogTarget.Generic));

    private readonly Option<string> _part =
        new("--part") { Description = "FPGA part.", HelpName = "PART", DefaultValueFactory = static _ => Defaults.Part };
    private readonly Option<double> _clock = NumberOption.NotNegative("--clock", "Clock period in ns.", Defaults.ClockPeriod);
    private readonly Option<string> _pipeline = new("--pipeline")
    {
        Description = "Most levels of logic between two registers; 'none' for no registers.",
        HelpName = "LEVELS|none",
        DefaultValueFactory = static _ => Defaults.PipelineLevels!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private readonly WordOption<(bool In, bool Out)> _ports = new(
        "--port-registers", "Ports whose bits are registered, beside the registers of the pipeline.", (false, false),
        ("none", (false, false)), ("in", (true, false)), ("out", (false, true)), ("both", (true, true)));

    private readonly WordOption<VerilogIo> _io = new(
        "--io", "How samples enter: wires, AXI4-Stream by a wrapper, or position by position (AXI4-Stream, line buffers).", Defaults.Io,
            ("wires", VerilogIo.Wires), ("axis", VerilogIo.Axis), ("stream", VerilogIo.Stream));

    private readonly Option<int> _effort =
        NumberOption.Count("--effort", "How long to search for a small netlist, 1 to 3.", least: 1, Defaults.Effort);
    private readonly Option<bool> _dsp =
        new("--dsp") { Description = "Multipliers (DSP blocks) for products of two variables, instead of LUTs." };
    private readonly Option<int> _vectors = NumberOption.Count(
        "--vectors", "Random samples that the test bench runs; the search for samples that reach more grows with it.", least: 0,
            VerilogOptions.StandardVectors);

    public EmitVerilogCommand() => Definition = new Command("verilog", "Write a Verilog project that Verilator, Icarus and Yosys read.")
    {
        _model, _out, _force, _top, _target.Option, _part, _clock, _pipeline, _ports.Option, _io.Option, _effort, _dsp, _vectors,
    };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq emit verilog run/model.hgq.json --out verilog"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_model);
        string folder = arguments.GetRequiredValue(_out);
        OutputFile.RequireFolder(folder);
        var options = Options(arguments);
        var graph = ModelArgument.Read(path);
        IntegerProgram program = Lowerer.Lower(graph);
        VerilogProject project;
        using (var progress = new MappingDisplay(context.Messages))
        {
            project = VerilogEmitter.Emit(program, options, ModelWriter.Write(graph), progress, cancellation);
        }

        PartWarning.Write(arguments.GetRequiredValue(_part), context);
        project.Write(folder, arguments.GetValue(_force));
        var hardware = project.Report.Hardware;
        context.Messages.Note(project.Report.Streams is { } streams
            ? Invariant($"{hardware.Total.Luts} LUTs in the circuits of one position, {hardware.Total.Registers} registers, ")
                + Invariant($"{streams.MemoryBits} bits of memory, a sample every {streams.Timing.Interval} clocks, ")
                + Invariant($"latency {hardware.Latency} clocks")
            : Invariant($"{hardware.Total.Luts} LUTs, {hardware.Total.Registers} registers, {hardware.Stages} stages of at most ")
                + Invariant($"{hardware.StageLevels} levels, latency {hardware.Latency} clocks"));
        context.Messages.Note(string.Create(
            CultureInfo.InvariantCulture, $"wrote {project.Files.Count} files to {folder}; 'make -C {folder} sim' simulates them"));
        return ExitCode.Done;
    }

    private VerilogOptions Options(ParseResult arguments)
    {
        var (registersIn, registersOut) = _ports.Of(arguments);
        return new VerilogOptions
        {
            TopName = arguments.GetValue(_top),
            Target = _target.Of(arguments),
            Part = arguments.GetRequiredValue(_part),
            ClockPeriod = arguments.GetValue(_clock),
            PipelineLevels = Levels(arguments.GetRequiredValue(_pipeline)),
            InputRegisters = registersIn,
            OutputRegisters = registersOut,
            Io = _io.Of(arguments),
            Effort = arguments.GetValue(_effort),
            Multipliers = arguments.GetValue(_dsp),
            Vectors = arguments.GetValue(_vectors),
        };
    }

    private static int? Levels(string word) => word == NoPipeline ? null
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int levels) && levels > 0 ? levels
        : throw new CommandException($"--pipeline '{word}' is neither a number of levels, for example 5, nor '{NoPipeline}'");
}

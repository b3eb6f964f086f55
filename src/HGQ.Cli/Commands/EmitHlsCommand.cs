using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.HlsEmit;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq emit hls</c>: a model as an HLS project.</summary>
internal sealed class EmitHlsCommand : IEmitCommand
{
    private const int RealSamples = 100;

    private static readonly HlsOptions Defaults = new();

    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _out = new("--out") { Description = "Folder: a new one, or one with an earlier emission.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _force = OutputFile.CreateForce();
    private readonly Option<string?> _top = Text("--top", "Name of the top function. Default: the model's name.", "NAME");
    private readonly Option<string?> _namespace = Text("--namespace", "C++ namespace of the layers. Default: NAME_layers.", "NAME");
    private readonly Option<string> _part = new("--part") { Description = "FPGA part.", HelpName = "PART", DefaultValueFactory = static _ => Defaults.Part };
    private readonly Option<double> _clock = NumberOption.NotNegative("--clock", "Clock period in ns.", Defaults.ClockPeriod);
    private readonly Option<double> _uncertainty = NumberOption.NotNegative("--clock-uncertainty", "Clock uncertainty in percent of the period.", Defaults.ClockUncertainty);
    private readonly WordOption<HlsTypes> _types = new(
        "--types", "Types of numbers: those of AMD's tools, or ac_int and ac_fixed (Catapult and others).",
        Defaults.Types, ("ap", HlsTypes.Ap), ("ac", HlsTypes.Ac));

    private readonly WordOption<HlsTool> _tool = new("--tool", "Tool that build_prj.tcl is for.", Defaults.Tool, ("vitis_hls", HlsTool.VitisHls), ("vivado_hls", HlsTool.VivadoHls));
    private readonly WordOption<HlsIoType> _io = new("--io", "How samples enter.", Defaults.IoType, ("auto", HlsIoType.Automatic),
        ("parallel", HlsIoType.Parallel), ("stream", HlsIoType.Stream));
    private readonly WordOption<HlsPortProtocol> _ports = new("--ports", "Port protocol.", Defaults.PortProtocol, ("ap_vld", HlsPortProtocol.Valid), ("ap_none", HlsPortProtocol.None));
    private readonly WordOption<HlsBus> _bus = new("--bus", "Function around the model that ties it to a system.", Defaults.Bus,
        ("none", HlsBus.None), ("packed", HlsBus.Packed), ("axis", HlsBus.AxiStream), ("axi", HlsBus.AxiMaster));

    private readonly Option<int?> _wordBits = NumberOption.OptionalCount(
        "--word-bits", "Bits of a word of the bus axis or axi: 8, 16 ... 512. Default: 64, or what an element needs.", least: 8);

    private readonly WordOption<HlsBlockProtocol> _control = new("--control", "How the block is started and says that it is done.",
        Defaults.BlockProtocol, ("auto", HlsBlockProtocol.Automatic), ("ap_ctrl_none", HlsBlockProtocol.None),
        ("ap_ctrl_hs", HlsBlockProtocol.Handshake), ("ap_ctrl_chain", HlsBlockProtocol.Chain));

    private readonly WordOption<HlsPipelineStyle> _pipeline = new(
        "--pipeline", "Pipeline style.", Defaults.PipelineStyle,
        ("auto", HlsPipelineStyle.Automatic), ("pipeline", HlsPipelineStyle.Pipeline), ("dataflow", HlsPipelineStyle.Dataflow), ("none", HlsPipelineStyle.None));

    private readonly WordOption<HlsInputOverflow> _overflow = new(
        "--input-overflow", "Overflow at the input port.", Defaults.InputOverflow,
        ("model", HlsInputOverflow.Model), ("wrap", HlsInputOverflow.Wrap), ("saturate", HlsInputOverflow.Saturate));

    private readonly Option<string[]> _reuse = new("--reuse")
    {
        Description = "Clock cycles between two samples; LAYER=N for one layer alone (dataflow). May be repeated.",
        HelpName = "N|LAYER=N",
    };

    private readonly Option<string[]> _strategy = new("--strategy")
    {
        Description = "What multiplies by constants: adders (default), dsp, or auto, which takes a DSP for products of many LUTs; "
            + "LAYER=dsp for one layer. May be repeated.",
        HelpName = "S|LAYER=S",
    };

    private readonly Option<string> _data = DataOption.Create(required: false);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);
    private readonly Option<int> _samples = NumberOption.Count(
        "--samples", "Rows of the data that the test bench runs, beside the corners of the inputs.", least: 0, RealSamples);

    private readonly Option<string?> _templates = Text("--templates", "Folder with templates that replace built-in ones.", "DIR");
    private readonly Option<int> _vectors = NumberOption.Count(
        "--vectors", "Random samples that the test bench runs; the search for samples that reach the ends of wires grows with it.", least: 0, HlsOptions.StandardVectors);

    private readonly Option<int> _probed = NumberOption.Count(
        "--probed-samples", "Samples whose layers the test bench compares one by one.", least: 0, Defaults.ProbedSamples);

    private readonly Option<bool> _listTemplates = new("--list-templates")
    {
        Description = "Print the paths of all templates, which --templates can replace, and nothing else.",
        Action = new TemplateList(),
    };

    public EmitHlsCommand() => Definition = new Command(
        "hls", "Write an HLS project (Vivado/Vitis, or ac types) that a plain g++ can simulate.")
    {
        _model, _out, _force, _top, _namespace, _part, _clock, _uncertainty, _types.Option, _tool.Option, _io.Option, _ports.Option,
        _control.Option, _bus.Option, _wordBits,
        _pipeline.Option, _overflow.Option, _reuse, _strategy, _data, _target, _samples, _vectors, _templates, _listTemplates, _probed,
    };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq emit hls run/model.hgq.json --out hls && make -C hls csim"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_model);
        string folder = arguments.GetRequiredValue(_out);
        OutputFile.RequireFolder(folder);
        var graph = ModelArgument.Read(path);
        IntegerProgram program = Lowerer.Lower(graph);
        HlsProject project = HlsEmitter.Emit(program, Options(arguments), ModelWriter.Write(graph), Samples(arguments, graph, program));
        foreach (string warning in project.Report.Warnings)
        {
            context.Messages.Warning(warning);
        }

        PartWarning.Write(arguments.GetRequiredValue(_part), context);
        HlsProjectWriter.Write(project, folder, arguments.GetValue(_force));
        context.Messages.Note(string.Create(CultureInfo.InvariantCulture, $"wrote {project.Files.Count} files to {folder}; 'make -C {folder} csim' simulates them"));
        return ExitCode.Done;
    }

    private long[][] Samples(ParseResult arguments, ModelGraph graph, IntegerProgram program)
    {
        int wanted = arguments.GetValue(_samples);
        return DataOption.Load(arguments.GetValue(_data), arguments.GetValue(_target), graph, program) is not { } data
            ? []
            : [.. DataOption.Blocks(data, Math.Min(wanted, data.Count), program).SelectMany(block => block.Codes.Chunk(Math.Max(1, program.InputCodeSize)))];
    }

    private HlsOptions Options(ParseResult arguments) => WithStrategies(arguments.GetValue(_strategy) ?? [], WithReuse(arguments.GetValue(_reuse) ?? [], new HlsOptions
    {
        TopName = arguments.GetValue(_top),
        Namespace = arguments.GetValue(_namespace),
        Part = arguments.GetRequiredValue(_part),
        ClockPeriod = arguments.GetValue(_clock),
        ClockUncertainty = arguments.GetValue(_uncertainty),
        Types = _types.Of(arguments),
        Tool = _tool.Of(arguments),
        IoType = _io.Of(arguments),
        PortProtocol = _ports.Of(arguments),
        BlockProtocol = _control.Of(arguments),
        Bus = _bus.Of(arguments),
        WordBits = arguments.GetValue(_wordBits),
        PipelineStyle = _pipeline.Of(arguments),
        InputOverflow = _overflow.Of(arguments),
        TemplateDirectory = arguments.GetValue(_templates),
        Vectors = arguments.GetValue(_vectors),
        ProbedSamples = arguments.GetValue(_probed),
    }));

    private static HlsOptions WithReuse(string[] words, HlsOptions options)
    {
        var layers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int split = word.LastIndexOf('=');
            if (!int.TryParse(word.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int factor))
            {
                throw new CommandException($"--reuse '{word}' is neither a number of clock cycles, for example 4, nor one of a layer, for example dense_1=4");
            }

            if (split < 0)
            {
                options = options with { ReuseFactor = factor };
            }
            else
            {
                layers[word[..split]] = factor;
            }
        }

        return options with { LayerReuseFactors = layers };
    }

    private static HlsOptions WithStrategies(string[] words, HlsOptions options)
    {
        var layers = new Dictionary<string, HlsStrategy>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int split = word.LastIndexOf('=');
            HlsStrategy strategy = word[(split + 1)..] switch
            {
                "adders" => HlsStrategy.Adders,
                "dsp" => HlsStrategy.Dsp,
                "auto" => HlsStrategy.Auto,
                _ => throw new CommandException(
                    $"--strategy '{word}' is neither a strategy nor that of a layer, for example dense_1=dsp. Values: adders, dsp, auto"),
            };
            if (split < 0)
            {
                options = options with { Strategy = strategy };
            }
            else
            {
                layers[word[..split]] = strategy;
            }
        }

        return options with { LayerStrategies = layers };
    }

    /// <summary>Prints the paths of the templates; neither a model nor a folder is needed for it.</summary>
    private sealed class TemplateList : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.Write(string.Concat(HlsEmitter.Templates.Select(static name => name + "\n")));
            return ExitCode.Done;
        }
    }

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Import;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq import</c>: a trained model of another system as a model file, exactly.</summary>
internal sealed class ImportCommand : ICommand
{
    private static readonly string FirstWords = "\"format\": \"" + ModelFile.Format + "\"";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The model: .keras, .h5 or .onnx; or a Keras description (.json) and its weights (.h5).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = OutputFile.CreateOption("Model file to write (.hgq.json); - for standard output.");
    private readonly Option<string[]> _input = new("--input")
    {
        Description = "Format of inputs that the source does not quantize: fixed<16,6> as in HLS, or s<5,10>; NAME=FORMAT for one input.",
        HelpName = "FORMAT",
    };

    private readonly Option<string[]> _shape = new("--shape")
    {
        Description = "Sizes of inputs without the batch, 28,28,1, where the source leaves them open; NAME=SIZES for one input.",
        HelpName = "SIZES",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration of hls4ml (.yml): formats of inputs. Those of --input go before them.",
        HelpName = "YML",
    };

    private readonly WordOption<bool> _use = new(
        "--config-use", "What of --config is used: inputs, their formats; all, also precisions of weights and results, as hls4ml does.",
        false, ("inputs", false), ("all", true));

    private readonly CalibrationArguments _calibration = new();
    private readonly Option<string?> _name =
        new("--name") { Description = "Name of the model. Default: that of the source.", HelpName = "N" };
    private readonly Option<bool> _force = OutputFile.CreateForce();

    public ImportCommand()
    {
        Definition = new Command("import", "Read a trained model of QKeras, HGQ, HGQ2, QONNX or ONNX, exactly; a float one by data.")
        {
            _files, _out, _input, _config, _use.Option, _shape, _name,
        };
        foreach (Option option in _calibration.All.Append(_force))
        {
            Definition.Add(option);
        }
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq import samples/models/qkeras.h5 --input \"fixed<16,6>\" --out imported.hgq.json"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_out);
        ImportOptions options = Options(arguments);
        OutputFile.RequireReplaceable(path, static head => head.Contains(FirstWords, StringComparison.Ordinal), arguments.GetValue(_force));
        ImportResult result = ModelImporter.Import(arguments.GetRequiredValue(_files), options);
        cancellation.ThrowIfCancellationRequested();

        // What no engine could compute is refused here, by layer, and not when it is used.
        IntegerProgram program = Lowerer.Lower(result.Graph);
        foreach (string note in result.Notes)
        {
            context.Messages.Warning(note);
        }

        if (OutputFile.Write(path, ModelWriter.Write(result.Graph), context))
        {
            context.Output.Write(CalibrationArguments.Print(result.Calibrated));
            string sizes = Invariant($"{result.Graph.Layers.Length} layers, {program.InputSize} inputs, {program.OutputSize} outputs");
            context.Messages.Note($"wrote {path}: {result.Source}, {sizes}");
        }

        return ExitCode.Done;
    }

    private ImportOptions Options(ParseResult arguments)
    {
        (InputFormat? format, Dictionary<string, InputFormat> formats) = ByName(arguments.GetValue(_input), Format);
        (int[]? shape, Dictionary<string, int[]> shapes) = ByName(arguments.GetValue(_shape), Shape);
        bool all = _use.Of(arguments);
        Hls4mlConfiguration? config = null;
        if (arguments.GetValue(_config) is { } path)
        {
            config = Hls4mlConfiguration.Read(path);
            format ??= config.Default;
            foreach ((string name, InputFormat given) in config.Layers)
            {
                formats.TryAdd(name, given);
            }
        }

        else if (all)
        {
            throw new CommandException($"{_use.Option.Name} all needs a configuration; name it with {_config.Name}");
        }

        return new ImportOptions
        {
            Configuration = all ? config : null,
            Input = format,
            Inputs = formats,
            Shape = shape,
            Shapes = shapes,
            Name = arguments.GetValue(_name),
            Calibration = _calibration.Read(arguments),
        };
    }

    // One value for all, and NAME=VALUE for single inputs.
    private static (T? All, Dictionary<string, T> ByName) ByName<T>(string[]? texts, Func<string, T> read)
    {
        T? all = default;
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int equals = text.LastIndexOf('=');
            if (equals < 0)
            {
                all = read(text);
            }
            else
            {
                byName[text[..equals]] = read(text[(equals + 1)..]);
            }
        }

        return (all, byName);
    }

    private int[] Shape(string text)
    {
        var sizes = new List<int>();
        foreach (string word in text.Split(','))
        {
            sizes.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
                ? size
                : throw new CommandException($"{_shape.Name}: '{text}' is no list of sizes; write 28,28,1"));
        }

        return [.. sizes];
    }

    private InputFormat Format(string text)
    {
        try
        {
            return InputFormat.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new CommandException($"{_input.Name}: {fault.Message}", inner: fault);
        }
    }
}

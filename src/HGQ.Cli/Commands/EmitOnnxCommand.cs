using System;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Import.Emission;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq emit onnx</c>: a model as ONNX that other tools evaluate to the same integers.</summary>
internal sealed class EmitOnnxCommand : IEmitCommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _out = OutputFile.CreateOption("ONNX file to write.");
    private readonly WordOption<OnnxFlavor> _flavor = new(
        "--flavor", "Operators: qdq, those of ONNX itself on integers; qonnx, layers with Quant nodes of QONNX.", OnnxFlavor.Qdq,
        ("qdq", OnnxFlavor.Qdq), ("qonnx", OnnxFlavor.Qonnx));

    private readonly Option<bool> _force = OutputFile.CreateForce();

    public EmitOnnxCommand() => Definition = new Command("onnx", "Write an ONNX file: standard operators, exact in float32, or QONNX.")
    {
        _model, _out, _flavor.Option, _force,
    };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq emit onnx run/model.hgq.json --out model.onnx"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_out);
        OnnxFlavor flavor = _flavor.Of(arguments);
        OutputFile.RequireBinary(path);
        OutputFile.RequireReplaceable(
            path, static head => head.Contains(OnnxExporter.Producer, StringComparison.Ordinal), arguments.GetValue(_force));
        byte[] file = OnnxExporter.Write(ModelArgument.Read(arguments.GetRequiredValue(_model)), flavor);
        OutputFile.WriteBytes(path, file, context);
        context.Messages.Note(string.Create(CultureInfo.InvariantCulture, $"wrote {path}: {file.Length} bytes"));
        return ExitCode.Done;
    }
}

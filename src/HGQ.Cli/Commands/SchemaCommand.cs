using System.CommandLine;
using System.IO;
using System.Threading;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq schema</c>: prints the JSON schema of the model file, the published one.</summary>
internal sealed class SchemaCommand : ICommand
{
    /// <inheritdoc/>
    public Command Definition { get; } = new("schema", "Print the JSON schema of the model file.");

    /// <inheritdoc/>
    public string[] Examples => ["hgq schema > hgq-model.schema.json"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using Stream schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream("hgq-model.schema.json")!;
        using var reader = new StreamReader(schema);
        context.Output.Write(reader.ReadToEnd());
        return ExitCode.Done;
    }
}

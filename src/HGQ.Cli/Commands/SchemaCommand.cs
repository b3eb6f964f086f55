using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq schema</c>: prints the published JSON schema of the model file, or of the sweep file.</summary>
internal sealed class SchemaCommand : ICommand
{
    private static readonly string[] Files = ["model", "sweep"];

    private readonly Argument<string> _file = new("file")
    {
        Description = "Which file: model or sweep.",
        HelpName = string.Join('|', Files),
        DefaultValueFactory = static _ => Files[0],
    };

    public SchemaCommand()
    {
        _file.CompletionSources.Add(Files);
        Definition = new Command("schema", "Print the JSON schema of the model file, or of the sweep file.") { _file };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq schema > hgq-model.schema.json", "hgq schema sweep > hgq-sweep.schema.json"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string file = arguments.GetRequiredValue(_file);
        if (!Files.Contains(file))
        {
            string meant = NearestWord.Find(file, Files) is { } nearest ? $"; did you mean '{nearest}'?" : "";
            throw new CommandException($"there is no schema of a '{file}' file{meant} Files: {string.Join(", ", Files)}");
        }

        using Stream schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream($"hgq-{file}.schema.json")!;
        using var reader = new StreamReader(schema);
        context.Output.Write(reader.ReadToEnd());
        return ExitCode.Done;
    }
}

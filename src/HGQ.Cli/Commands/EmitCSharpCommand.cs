using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Generators;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq emit csharp</c>: the file that the source generator would make, byte for byte.</summary>
internal sealed class EmitCSharpCommand : IEmitCommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _out = OutputFile.CreateOption("C# file to write; - for standard output.");
    private readonly Option<string?> _namespace = new("--namespace") { Description = "Namespace. Default: the global one.", HelpName = "N" };
    private readonly Option<string?> _class = new("--class") { Description = "Class. Default: after the file's name, as the source generator does.", HelpName = "C" };
    private readonly Option<bool> _force = OutputFile.CreateForce();

    public EmitCSharpCommand() => Definition = new Command("csharp", "Write the C# file that the source generator would make.")
    {
        _model, _out, _namespace, _class, _force,
    };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq emit csharp run/model.hgq.json --out Model.g.cs --namespace Demo --class Clusters"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string model = arguments.GetRequiredValue(_model), path = arguments.GetRequiredValue(_out);
        CSharpOptions options = Options(arguments, model);
        OutputFile.RequireReplaceable(path, static head => head.StartsWith(ModelSource.FirstLines, StringComparison.Ordinal), arguments.GetValue(_force));
        if (FileKind.IsSpecial(model))
        {
            throw new CommandException($"{model} is no ordinary file: save the model to one, which the class is named after");
        }

        ModelArgument.Read(model);
        string source = ModelSource.Generate(File.ReadAllText(model), options, cancellation);
        if (OutputFile.Write(path, source, context))
        {
            context.Messages.Note($"wrote {path}: class {(options.Namespace.Length == 0 ? "" : options.Namespace + ".")}{options.ClassName}");
        }

        return ExitCode.Done;
    }

    private CSharpOptions Options(ParseResult arguments, string model)
    {
        string space = arguments.GetValue(_namespace) ?? "";
        string name = arguments.GetValue(_class) ?? ModelSource.ClassNameOf(model);
        if (CSharpNames.ProblemOfNamespace(space) is { } problem)
        {
            throw new CommandException($"{_namespace.Name}: {problem}");
        }

        if (CSharpNames.ProblemOfClass(name, space) is { } wrong)
        {
            throw new CommandException($"{_class.Name}: {wrong}");
        }

        return new CSharpOptions(space, name);
    }
}

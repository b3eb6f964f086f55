using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace HGQ.Cli.Commands;

/// <summary>All verbs, in the order of the help.</summary>
internal static class CommandList
{
    private const string Emit = "emit";

    public static IReadOnlyList<ICommand> Create() =>
    [
        new TrainCommand(),
        new TrimCommand(),
        new SweepCommand(),
        new InspectCommand(),
        new VerifyCommand(),
        new PredictCommand(),
        new EvaluateCommand(),
        new ImportCommand(),
        new EmitCSharpCommand(),
        new EmitHlsCommand(),
        new EmitVerilogCommand(),
        new EmitOnnxCommand(),
        new ReportCommand(),
        new ReportHlsCommand(),
        new SchemaCommand(),
    ];

    /// <summary>The command that a verb belongs to: <c>emit</c> for its back ends, else the root.</summary>
    public static Command Parent(RootCommand root, ICommand command)
    {
        if (command is not IEmitCommand)
        {
            return root;
        }

        if (root.Subcommands.FirstOrDefault(static verb => verb.Name == Emit) is { } emit)
        {
            return emit;
        }

        var created = new Command(Emit, "Write a model as source code.");
        root.Add(created);
        return created;
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using HGQ.Cli.Commands;
using HGQ.Cli.Terminal;

namespace HGQ.Cli.CommandLine;

/// <summary>The whole tool: verbs, help, what is wrong with a command line, and how a run ends.</summary>
internal static class HgqCommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code (docs/cli.md).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = false };
        using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        RootCommand root = Create(output, error);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            UsageErrors.Print(parsed, Messages(parsed, error));
            return ExitCode.BadInput;
        }

        // Signals are this tool's own affair: a run that is stopped still writes its checkpoint.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand Create(TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Train, inspect, verify and emit HGQ models.") { GlobalOptions.Quiet, GlobalOptions.NoColor };
        var examples = new Dictionary<Command, string[]>();
        foreach (ICommand command in CommandList.Create())
        {
            CommandList.Parent(root, command).Add(command.Definition);
            examples[command.Definition] = command.Examples;
            command.Definition.SetAction(arguments => Guard(arguments, command, output, error));
        }

        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Action = new ExampleHelp((HelpAction)help.Action!, examples);
            }
        }

        return root;
    }

    private static MessageWriter Messages(ParseResult parsed, TextWriter error)
        => new(error, TerminalStyle.Detect(parsed.GetValue(GlobalOptions.NoColor)), parsed.GetValue(GlobalOptions.Quiet));

    private static int Guard(ParseResult arguments, ICommand command, TextWriter output, TextWriter error)
    {
        MessageWriter messages = Messages(arguments, error);
        using var interruption = new Interruption();
        try
        {
            int code = command.Run(arguments, new CommandContext(output, messages), interruption.Token);
            output.Flush();
            return code;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            messages.Error("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (BadInput.Describe(fault) is { } description)
        {
            messages.Error(description.Message);
            return description.ExitCode;
        }
    }
}

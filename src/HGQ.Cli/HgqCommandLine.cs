using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Commands;
using HGQ.Cli.Terminal;

namespace HGQ.Cli;

/// <summary>The whole tool: verbs, help, what is wrong with a command line, and how a run ends.</summary>
internal static class HgqCommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code (docs/cli.md).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        var plain = new MessageWriter(error, new TerminalStyle(Live: false, Colours: false), quiet: false);

        // What fails on another thread would end the process with a stack trace.
        AppDomain.CurrentDomain.UnhandledException += (_, fault) => Environment.Exit(CrashReport.Tell((Exception)fault.ExceptionObject, plain));
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = false };
        try
        {
            RootCommand root = Create(output, error);

            // A word that begins with @ is a word, and no file with more of them.
            ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                UsageErrors.Print(parsed, Messages(parsed, error));
                return ExitCode.BadInput;
            }

            // Signals are this tool's own affair: a run that is stopped still writes its checkpoint.
            int code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
            output.Flush();
            return code;
        }
        catch (Exception fault)
        {
            return Tell(fault, plain);
        }
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
        using var interruption = new Interruption(() =>
        {
            messages.Error("interrupted");
            Environment.Exit(ExitCode.Interrupted);
        });
        try
        {
            FaultInjection.Apply();
            int code = command.Run(arguments, new CommandContext(output, messages, interruption), interruption.Token);
            output.Flush();
            return code;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            messages.Error("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            return Tell(fault, messages);
        }
    }

    // One message for what is wrong with the input, and one that names a report for everything else.
    private static int Tell(Exception fault, MessageWriter messages)
    {
        if (BadInput.Describe(fault) is not { } description)
        {
            return CrashReport.Tell(fault, messages);
        }

        messages.Error(description.Message);
        return description.ExitCode;
    }
}

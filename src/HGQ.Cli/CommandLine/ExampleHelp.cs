using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace HGQ.Cli.CommandLine;

/// <summary>Help as the library prints it, followed by examples.</summary>
internal sealed class ExampleHelp(HelpAction inner, IReadOnlyDictionary<Command, string[]> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out string[]? lines))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.Write("Example:\n");
            foreach (string line in lines)
            {
                output.Write("  " + line + "\n");
            }
        }

        parseResult.InvocationConfiguration.Output.Flush();
        return code;
    }
}

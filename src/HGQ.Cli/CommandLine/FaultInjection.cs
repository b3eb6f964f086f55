using System;
using System.Threading;

namespace HGQ.Cli.CommandLine;

/// <summary>Lets a test see what becomes of an error that nobody expected; no part of the interface.</summary>
internal static class FaultInjection
{
    private const string Variable = "HGQ_TEST_FAULT";

    /// <summary>Throws where a test asked for it: while the page of a run is written.</summary>
    public static void ApplyToReport()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "report")
        {
            throw new InvalidOperationException("injected");
        }
    }

    /// <summary>Throws where a test asked for it: in the command itself, or on a thread of its own.</summary>
    public static void Apply()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "command":
                throw new InvalidOperationException("injected");
            case "thread":
                var thread = new Thread(static () => throw new InvalidOperationException("injected on a thread"));
                thread.Start();
                thread.Join();
                Thread.Sleep(Timeout.Infinite);
                break;
        }
    }
}

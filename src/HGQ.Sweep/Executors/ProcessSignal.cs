using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HGQ.Sweep.Executors;

/// <summary>Asks a process to end, so that it can write what it has; .NET itself only kills.</summary>
internal static class ProcessSignal
{
    private const int Terminated = 15;

    /// <summary>Sends SIGTERM; where there are no signals, the process is ended, and goes on later from its last checkpoint.</summary>
    public static void Terminate(Process process)
    {
        try
        {
            if (process.HasExited)
            {
                return;
            }

            if (OperatingSystem.IsWindows())
            {
                process.Kill(entireProcessTree: true);
            }
            else
            {
                // Fails only where the process is gone.
                _ = Kill(process.Id, Terminated);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

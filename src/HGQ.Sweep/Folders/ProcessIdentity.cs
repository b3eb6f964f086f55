using System;
using System.ComponentModel;
using System.Diagnostics;

namespace HGQ.Sweep.Folders;

/// <summary>A process that can be found again, and not be taken for a later one of the same number.</summary>
/// <param name="Host">Name of its machine.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Started">When it began, UTC.</param>
public sealed record ProcessIdentity(string Host, int Id, DateTime Started)
{
    // The start is computed from the time since boot, which is read with a jitter.
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    /// <summary>The process itself, where it is on this machine and still at work.</summary>
    /// <returns>The process, to be disposed; null where there is none.</returns>
    public Process? Find()
    {
        if (Host != Environment.MachineName)
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(Id);
            if (!process.HasExited && (process.StartTime.ToUniversalTime() - Started).Duration() < Jitter)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or ended while it was looked at.
            return null;
        }
    }

    /// <summary>Whether it is known to be at work: on this machine, and there.</summary>
    public bool IsAlive()
    {
        using Process? process = Find();
        return process is not null;
    }

    /// <summary>The identity of a process that is at work.</summary>
    public static ProcessIdentity Of(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return new ProcessIdentity(Environment.MachineName, process.Id, process.StartTime.ToUniversalTime());
    }

    /// <summary>That of this program.</summary>
    public static ProcessIdentity Current()
    {
        using var process = Process.GetCurrentProcess();
        return Of(process);
    }
}

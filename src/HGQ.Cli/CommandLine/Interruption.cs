using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace HGQ.Cli.CommandLine;

/// <summary>Turns Ctrl-C and SIGTERM into a request to stop; a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Not cancelled, the signal does what it does without us: it ends the process.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}

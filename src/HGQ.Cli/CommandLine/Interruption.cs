using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace HGQ.Cli.CommandLine;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a request to stop. Work that does not hear it in time, waiting for a pipe perhaps, is ended; only what
/// asked for patience may take its time, until a second signal ends it at once. Signals that come together are one: a terminal and a
/// cluster send theirs to a whole group of processes, and the parent in it passes its own on.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly Action _expired;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Timer _timer;
    private int _patience;
    private long _first;

    /// <summary>Begins to listen.</summary>
    /// <param name="expired">Ends the process after a signal that the work did not hear.</param>
    public Interruption(Action expired)
    {
        _expired = expired;
        _timer = new Timer(_ => Expire());
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>While this is held, a signal waits for the work to stop by itself.</summary>
    public IDisposable BePatient() => new Patience(this);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Not cancelled, the signal does what it does without us: it ends the process.
        context.Cancel = !_source.IsCancellationRequested || Stopwatch.GetElapsedTime(Volatile.Read(ref _first)) < Together;
        if (_source.IsCancellationRequested)
        {
            return;
        }

        Volatile.Write(ref _first, Stopwatch.GetTimestamp());
        _source.Cancel();
        _timer.Change(Grace, Timeout.InfiniteTimeSpan);
    }

    private void Expire()
    {
        if (Volatile.Read(ref _patience) == 0)
        {
            _expired();
        }
    }

    private sealed class Patience : IDisposable
    {
        private readonly Interruption _owner;

        public Patience(Interruption owner)
        {
            _owner = owner;
            Interlocked.Increment(ref owner._patience);
        }

        public void Dispose() => Interlocked.Decrement(ref _owner._patience);
    }
}

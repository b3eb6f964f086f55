using System;
using System.Threading;

namespace HGQ.Runtime.Compiled;

/// <summary>Parts of a step that go over all rows: each ends where a batch norm wants to have seen them.</summary>
internal enum ChainPhase
{
    /// <summary>From the samples on.</summary>
    Start,

    /// <summary>From a layer on whose batch norm has its statistics.</summary>
    Forward,

    /// <summary>Back from a layer on whose batch norm has its gradient.</summary>
    Backward,
}

/// <summary>
/// Runs a phase for two halves of the rows: one after the other, or at the same time on a second thread that waits for work.
/// </summary>
internal sealed class LanePair : IDisposable
{
    /// <summary>A step of fewer multiplications is done sooner than a second thread wakes up.</summary>
    public const long WorthSharing = 20_000_000;

    private readonly Action<ChainPhase, int, int> _run;
    private readonly Thread? _thread;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private ChainPhase _phase;
    private int _layer;
    private bool _stops;
    private Exception? _failure;

    /// <summary>Starts the thread where there is to be one.</summary>
    /// <param name="run">Phase, layer, lane.</param>
    /// <param name="parallel">Whether a second thread is used.</param>
    public LanePair(Action<ChainPhase, int, int> run, bool parallel)
    {
        _run = run;
        if (parallel)
        {
            _thread = new Thread(Serve) { IsBackground = true, Name = "HGQ compiled step" };
            _thread.Start();
        }
    }

    /// <summary>Threads that work.</summary>
    public int Threads => _thread is null ? 1 : 2;

    /// <summary>Runs both lanes.</summary>
    public void Run(ChainPhase phase, int layer)
    {
        if (_thread is null)
        {
            _run(phase, layer, 0);
            _run(phase, layer, 1);
            return;
        }

        (_phase, _layer) = (phase, layer);
        _work.Release();
        try
        {
            _run(phase, layer, 0);
        }
        finally
        {
            _done.Wait();
        }

        if (_failure is { } failure)
        {
            _failure = null;
            throw new InvalidOperationException("The second thread of a training step failed: " + failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_thread is not null)
        {
            _stops = true;
            _work.Release();
            _thread.Join();
        }

        _work.Dispose();
        _done.Dispose();
    }

    private void Serve()
    {
        while (true)
        {
            _work.Wait();
            if (_stops)
            {
                return;
            }

            try
            {
                _run(_phase, _layer, 1);
            }
            catch (Exception e)
            {
                _failure = e;
            }

            _done.Release();
        }
    }
}

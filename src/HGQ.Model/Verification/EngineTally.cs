using System;
using System.Diagnostics;

namespace HGQ.Model.Verification;

/// <summary>Counts and times of one engine while a comparison runs.</summary>
internal sealed class EngineTally
{
    private readonly IInferenceEngine _engine;
    private readonly Stopwatch _computing = new();
    private readonly Stopwatch _preparing = new();
    private string? _skipped;

    public EngineTally(IInferenceEngine engine) => _engine = engine;

    public string Name => _engine.Name;

    public long Samples { get; set; }

    public long Elements { get; set; }

    public long Mismatches { get; set; }

    public void Prepare() => Measure(_preparing, engine =>
    {
        engine.Prepare();
        return null;
    });

    public EngineResults? Run(VerificationVectors block) => Measure(_computing, engine => engine.Run(block));

    public EngineReport ToReport() => new(Name, Samples, Elements, Mismatches, _computing.Elapsed, _preparing.Elapsed, _skipped);

    private EngineResults? Measure(Stopwatch watch, Func<IInferenceEngine, EngineResults?> step)
    {
        if (_skipped is not null)
        {
            return null;
        }

        watch.Start();
        try
        {
            return step(_engine);
        }
        catch (EngineUnavailableException fault)
        {
            _skipped = fault.Message;
            return null;
        }
        finally
        {
            watch.Stop();
        }
    }
}

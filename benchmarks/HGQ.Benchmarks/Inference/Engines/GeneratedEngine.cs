namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>The generated class, from reals: <c>Predict</c> for one sample, else <c>PredictBatch</c>.</summary>
internal sealed class GeneratedEngine(InferenceCase work) : IInferenceEngine
{
    private readonly GeneratedMethods _methods = work.Model.Generate(work.Program);
    private readonly float[] _results = new float[work.ResultCount];

    public void Run()
    {
        if (work.Batch == 1)
        {
            _methods.Predict(work.Inputs, _results);
        }
        else if (work.Threads == 1)
        {
            _methods.Batch(work.Inputs, _results, work.Batch);
        }
        else
        {
            _methods.SplitBatch(work.Inputs, _results, work.Batch, work.Threads);
        }
    }

    public void Check() => work.RequireEqual(work.ToRaw(_results));

    public void Dispose()
    {
    }
}

/// <summary>The generated class, from codes: <c>PredictRaw</c> for one sample, else <c>PredictBatch</c>.</summary>
internal sealed class GeneratedCodesEngine(InferenceCase work) : IInferenceEngine
{
    private readonly GeneratedMethods _methods = work.Model.Generate(work.Program);
    private readonly int[] _results = new int[work.ResultCount];

    public void Run()
    {
        if (work.Batch == 1)
        {
            _methods.PredictRaw(work.Codes, _results);
        }
        else if (work.Threads == 1)
        {
            _methods.BatchRaw(work.Codes, _results, work.Batch);
        }
        else
        {
            _methods.SplitBatchRaw(work.Codes, _results, work.Batch, work.Threads);
        }
    }

    public void Check() => work.RequireEqual(_results);

    public void Dispose()
    {
    }
}

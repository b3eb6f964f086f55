using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Calibration;

/// <summary>Fixes the ranges of a trained model by looking at data: the step between training and export.</summary>
public static class MinmaxTracer
{
    /// <summary>Samples at a time: large enough to be fast, small enough to stay in the caches.</summary>
    public const int DefaultBatch = 2048;

    /// <summary>
    /// Forgets the recorded ranges, runs data through the model in inference mode, records the ranges anew, and counts exact EBOPs.
    /// </summary>
    /// <param name="model">The model; its records change.</param>
    /// <param name="data">Samples, the batch as first dimension; converted to the model's type batch by batch.</param>
    /// <param name="batchSize">Samples at a time; without influence on the result.</param>
    /// <param name="coverFactor">Widens each range about its middle, onto the grid; below 1 narrows it, so that values will overflow.</param>
    /// <param name="predictions">Whether the outputs are returned.</param>
    /// <param name="warning">Hears what is worth knowing, a sentence.</param>
    public static TraceResult TraceMinmax(
        HgqModel model,
        torch.Tensor data,
        int batchSize = DefaultBatch,
        double coverFactor = 1.0,
        bool predictions = false,
        Action<string>? warning = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        if (!(coverFactor > 0) || !double.IsFinite(coverFactor))
        {
            throw new ArgumentOutOfRangeException(nameof(coverFactor), coverFactor, "The cover factor must be positive.");
        }

        using IDisposable noGradient = torch.no_grad();
        HgqQuantizer[] recorded = [.. Recorded(model)];
        model.ResetMinmax();
        double[]? outputs = Run(model, data, batchSize, predictions);
        if (coverFactor != 1)
        {
            Widen(recorded, coverFactor, warning);
        }

        double ebops = model.ExactEbops();
        return new TraceResult(ebops, [.. model.Layers.Select(static l => (l.Name, l.Ebops))], outputs);
    }

    private static IEnumerable<HgqQuantizer> Recorded(HgqModel model) =>
        model.Quantizers.OfType<HgqQuantizer>().Where(static q => q.MinmaxRecord);

    private static double[]? Run(HgqModel model, torch.Tensor data, int batchSize, bool predictions)
    {
        bool training = model.training;
        torch.ScalarType type = model.parameters().First().dtype;
        model.eval();
        try
        {
            var outputs = new List<double>();
            for (long first = 0; first < data.shape[0]; first += batchSize)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                torch.Tensor batch = data.narrow(0, first, Math.Min(batchSize, data.shape[0] - first));
                torch.Tensor result = model.forward(batch.to_type(type));
                if (predictions)
                {
                    outputs.AddRange(TensorValues.Read(result));
                }
            }

            return predictions ? [.. outputs] : null;
        }
        finally
        {
            model.train(training);
        }
    }

    private static void Widen(IEnumerable<HgqQuantizer> quantizers, double factor, Action<string>? warning)
    {
        if (factor < 1)
        {
            warning?.Invoke(FormattableString.Invariant(
                $"The cover factor {factor} is below 1: values at the edges of the traced ranges will overflow."));
        }

        foreach (HgqQuantizer quantizer in quantizers)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor middle = (quantizer.Min + quantizer.Max) * 0.5;
            torch.Tensor half = (quantizer.Max - quantizer.Min) * (0.5 * factor);
            quantizer.Min.copy_(quantizer.Forward(middle - half, training: false, recordMinmax: false));
            quantizer.Max.copy_(quantizer.Forward(middle + half, training: false, recordMinmax: false));
        }
    }
}

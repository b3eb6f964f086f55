using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
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
    /// <param name="inputCoverFactor">Another factor for the quantizers behind input ports, whose data come from outside; null: the same.</param>
    /// <exception cref="ArgumentException">A number of the data is not finite, or leads to one that is not.</exception>
    public static TraceResult TraceMinmax(
        HgqModel model,
        torch.Tensor data,
        int batchSize = DefaultBatch,
        double coverFactor = 1.0,
        bool predictions = false,
        Action<string>? warning = null,
        double? inputCoverFactor = null) =>
        TraceMinmax(model, [data], batchSize, coverFactor, predictions, warning, inputCoverFactor);

    /// <summary>The same for a model with any number of input ports.</summary>
    /// <param name="model">The model; its records change.</param>
    /// <param name="data">One tensor for each port, in order, as many samples in each.</param>
    /// <param name="batchSize">Samples at a time; without influence on the result.</param>
    /// <param name="coverFactor">Widens each range about its middle, onto the grid.</param>
    /// <param name="predictions">Whether the values of the first output are returned.</param>
    /// <param name="warning">Hears what is worth knowing, a sentence.</param>
    /// <param name="inputCoverFactor">Another factor for the quantizers behind input ports; null: the same.</param>
    /// <exception cref="ArgumentException">A number of the data is not finite, or leads to one that is not.</exception>
    public static TraceResult TraceMinmax(
        HgqModel model,
        IReadOnlyList<torch.Tensor> data,
        int batchSize = DefaultBatch,
        double coverFactor = 1.0,
        bool predictions = false,
        Action<string>? warning = null,
        double? inputCoverFactor = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        RequirePositive(coverFactor, nameof(coverFactor));
        RequirePositive(inputCoverFactor ?? coverFactor, nameof(inputCoverFactor));
        using IDisposable noGradient = torch.no_grad();
        TrainableQuantizer[] quantizers = [.. model.Quantizers];
        Array.ForEach(quantizers, static q => q.BeginTracing());
        double[]? outputs;
        try
        {
            outputs = RunUntilSettled(
                quantizers,
                () => Run(model, data, batchSize, predictions),
                () => Widen(model, coverFactor, inputCoverFactor ?? coverFactor));
        }
        finally
        {
            Array.ForEach(quantizers, static q => q.EndTracing());
        }

        Warn(quantizers, Math.Min(coverFactor, inputCoverFactor ?? coverFactor), warning);
        double ebops = model.ExactEbops();
        return new TraceResult(ebops, [.. model.Layers.Select(static l => (l.Name, l.Ebops))], outputs);
    }

    // The formats of a quantizer whose inputs are settled are found in one run, so each run settles at least one more.
    private static double[]? RunUntilSettled(TrainableQuantizer[] quantizers, Func<double[]?> run, Action widen)
    {
        double[]? outputs = null;
        bool again = true;
        for (int runs = 0; again && runs <= quantizers.Length + 1; runs++)
        {
            Array.ForEach(quantizers, static q => q.BeginRun());
            outputs = run();
            widen();
            again = quantizers.Count(static q => q.IsRunNeeded()) > 0;
        }

        return outputs;
    }

    private static void RequirePositive(double factor, string name)
    {
        if (!(factor > 0) || !double.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(name, factor, "The cover factor must be positive.");
        }
    }

    private static double[]? Run(HgqModel model, IReadOnlyList<torch.Tensor> data, int batchSize, bool predictions)
    {
        bool training = model.training;
        torch.ScalarType type = model.parameters().Select(static p => p.DataType).FirstOrDefault(torch.ScalarType.Float32);
        model.eval();
        try
        {
            var outputs = new List<double>();
            for (long first = 0; first < data[0].Shape[0]; first += batchSize)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                torch.Tensor[] batch = [.. data.Select(t => t.Narrow(0, first, Math.Min(batchSize, t.Shape[0] - first)).ToType(type))];
                FiniteValues.RequireInputs(model, batch, first);
                torch.Tensor result = model.Forward(batch)[0];
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

    private static void Widen(HgqModel model, double factor, double inputFactor)
    {
        foreach (QuantizedOutputLayer layer in model.Layers.OfType<QuantizedOutputLayer>())
        {
            double mine = layer.Inputs.All(static input => input is HInput) ? inputFactor : factor;
            if (mine != 1)
            {
                layer.ActivationQuantizer.Widen(mine, layer.Range);
            }
        }
    }

    private static void Warn(TrainableQuantizer[] quantizers, double factor, Action<string>? warning)
    {
        if (factor < 1)
        {
            warning?.Invoke(FormattableString.Invariant(
                $"The cover factor {factor} is below 1: values at the edges of the traced ranges will overflow."));
            return;
        }

        foreach (string overflow in quantizers.Select(static q => q.TracedOverflow()).OfType<string>())
        {
            warning?.Invoke(overflow);
        }
    }
}

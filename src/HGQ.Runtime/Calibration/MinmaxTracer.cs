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
        RequireSamples(model, data);
        using IDisposable threads = TorchThreads.Hold(TorchThreads.For(model, batchSize));
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

        double ebops = model.ExactEbops();
        Warn(model, quantizers, Math.Min(coverFactor, inputCoverFactor ?? coverFactor), warning);
        return new TraceResult(ebops, [.. model.Layers.Select(static l => (l.Name, l.Ebops))], outputs);
    }

    // What is found depends on the inputs of a quantizer alone: the formats of one whose inputs are settled are found in one run, so each
    // run settles at least one more.
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

        return again
            ? throw new InvalidOperationException(
                "The ranges do not settle: a layer returns other values for the same samples in each run.")
            : outputs;
    }

    private static void RequireSamples(HgqModel model, IReadOnlyList<torch.Tensor> data)
    {
        if (data.Count != model.InputPorts.Count)
        {
            throw new ArgumentException(
                $"The model {model.ModelName} has {model.InputPorts.Count} inputs; data for {data.Count} were given.", nameof(data));
        }

        for (int port = 0; port < data.Count; port++)
        {
            HInput input = model.InputPorts[port];
            TensorCheck.RequireBatch($"The input {input.Name}", data[port], input.OutputShape, data[port]?.DataType);
            if (data[port].Shape[0] != data[0].Shape[0])
            {
                throw new ArgumentException(
                    $"The input {input.Name} has {data[port].Shape[0]} samples, {model.InputPorts[0].Name} has {data[0].Shape[0]}.",
                    nameof(data));
            }
        }
    }

    private static torch.ScalarType DataType(HgqModel model) =>
        model.parameters().Select(static p => p.DataType).FirstOrDefault(torch.ScalarType.Float32);

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
        torch.ScalarType type = DataType(model);
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
                // Behind a relu a range that starts at 0 still does: a sign there would be one that the exported format has not.
                layer.ActivationQuantizer.Widen(mine, layer.Range ?? (layer.IsNonNegative ? (0, double.PositiveInfinity) : null));
            }
        }
    }

    private static void Warn(HgqModel model, TrainableQuantizer[] quantizers, double factor, Action<string>? warning)
    {
        if (warning is null)
        {
            return;
        }

        if (DataType(model) == torch.ScalarType.Float32 && Float32Sums.Find(model) is { } rounded)
        {
            warning(rounded);
        }

        if (factor < 1)
        {
            warning(FormattableString.Invariant(
                $"The cover factor {factor} is below 1: values at the edges of the traced ranges will overflow."));
            return;
        }

        foreach (string overflow in quantizers.Select(static q => q.TracedOverflow()).OfType<string>())
        {
            warning(overflow);
        }
    }
}

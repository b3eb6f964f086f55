using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using static TorchSharp.torch;
using Padding = HGQ.Runtime.Layers.Padding;

namespace HGQ.Benchmarks.Training;

/// <summary>A network in two forms: plain torch modules, and the same layers with quantizers.</summary>
/// <param name="Batch">Samples a step.</param>
/// <param name="Shape">Of one sample, channels last.</param>
/// <param name="Classes">Number of outputs.</param>
/// <param name="Plain">Makes the torch modules; images are given to them channels first, as torch wants them.</param>
/// <param name="Layers">Makes the quantized layers behind the input quantizer, with batch norms behind dense layers or without.</param>
internal sealed record TrainingNetwork(
    int Batch, long[] Shape, int Classes, Func<nn.Module<Tensor, Tensor>> Plain, Func<bool, IEnumerable<HLayer>> Layers)
{
    private const double Beta = 1e-6;

    /// <summary>Names of all networks.</summary>
    public static IReadOnlyList<string> Names { get; } = ["jets 1024", "jets 8192", "mnist 1024", "cnn 256"];

    /// <summary>The network of this name.</summary>
    public static TrainingNetwork Of(string name) => name switch
    {
        "jets 1024" => Dense(1024, 16, 64, 32, 32, 5),
        "jets 8192" => Dense(8192, 16, 64, 32, 32, 5),
        "mnist 1024" => Dense(1024, 784, 64, 32, 10),
        "cnn 256" => Convolutional(256),
        _ => throw new ArgumentException($"\"{name}\" is none of {string.Join(", ", Names)}.", nameof(name)),
    };

    private static TrainingNetwork Dense(int batch, params int[] widths) => new(
        batch,
        [widths[0]],
        widths[^1],
        () => nn.Sequential(Enumerable.Range(1, widths.Length - 1)
            .SelectMany(i => new nn.Module<Tensor, Tensor>[] { nn.Linear(widths[i - 1], widths[i]), nn.ReLU() })
            .SkipLast(1)),
        normalized => widths.Skip(1).Select((units, i) =>
        {
            Activation activation = i < widths.Length - 2 ? Activation.Relu : Activation.Linear;
            return normalized ? new HDenseBatchNorm(units, activation, Beta, useBias: false) : new HDense(units, activation, Beta);
        }));

    // 28 × 28 → 8 channels → 14 × 14 → 16 channels → 5 × 5 → 10
    private static TrainingNetwork Convolutional(int batch) => new(
        batch,
        [28, 28, 1],
        10,
        () => nn.Sequential(
            nn.Conv2d(1, 8, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 10)),
        _ =>
        [
            Convolution(8, 3, Padding.Same), new PMaxPool2D([2]), Convolution(16, 5, Padding.Valid), new PMaxPool2D([2]), new PFlatten(),
            new HDense(10, beta: Beta),
        ]);

    private static HConv2D Convolution(int filters, int taps, Padding padding) =>
        new(new ConvOptions(filters, [taps, taps]) { Padding = padding, Activation = Activation.Relu, Beta = Beta });
}

using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Tests.Compiled;

/// <summary>A network drawn from all forms that the compiled step takes, with samples; equal seeds give equal networks.</summary>
internal sealed class RandomChain
{
    private readonly ulong _seed;
    private DeterministicRandom _random;

    public RandomChain(ulong seed)
    {
        _seed = seed;
        _random = new DeterministicRandom(seed, 1);
        IsClassification = _random.NextInt(4) > 0;
        Rows = Pick(1, 7, 64, 300, 601);
        Features = Pick(1, 3, 16, 21, 40, 130);
        Units = [.. Enumerable.Range(0, 1 + _random.NextInt(4)).Select(_ => Pick(1, 5, 16, 19, 32, 64))];
        Units[^1] = IsClassification ? Math.Max(2, Units[^1]) : Units[^1];
        Samples = Draw();
    }

    public int Rows { get; }

    public int Features { get; }

    public int[] Units { get; }

    public bool IsClassification { get; }

    public SampleSet Samples { get; }

    public TrainingLoss Loss => IsClassification ? new CrossEntropyLoss() : new MeanSquareLoss();

    /// <summary>The network in another type, always with the same numbers.</summary>
    public HgqSequential Network(torch.ScalarType type)
    {
        _random = new DeterministicRandom(_seed, 2);
        bool flattens = _random.NextInt(4) == 0;
        List<HLayer> layers = [new HQuantize(Output())];
        if (flattens)
        {
            layers.Add(new PFlatten());
        }

        for (int l = 0; l < Units.Length; l++)
        {
            layers.Add(Dense(Units[l], l == Units.Length - 1));
        }

        var model = new HgqSequential(flattens ? [Features, 1] : [Features], [.. layers]);
        model.InitializeWeights(_random.NextDouble);
        using (torch.no_grad())
        {
            foreach ((string name, torch.Tensor tensor) in model.state_dict().OrderBy(static e => e.Key, StringComparer.Ordinal))
            {
                Scatter(name, tensor);
            }
        }

        model.SetBeta(0);
        foreach (HLayer layer in model.Layers)
        {
            layer.Beta = 1e-3 * _random.NextDouble();
        }

        if (type == torch.float64)
        {
            model.ToFloat64();
        }

        model.train();
        return model;
    }

    private HDense Dense(int units, bool isLast)
    {
        Activation activation = isLast || _random.NextInt(5) == 0 ? Activation.Linear : Activation.Relu;
        bool hasBias = _random.NextInt(4) > 0;
        IQuantizerConfig? bias = _random.NextInt(2) == 0 ? Weight() : null;

        // Of one row there is no variance: all gradients through a batch norm cancel.
        return _random.NextInt(3) == 0 && Rows > 1
            ? new HDenseBatchNorm(units, activation, useBias: false, kq: Weight(), paq: Output(), bq: bias)
            : new HDense(units, activation, useBias: hasBias, kq: Weight(), paq: Output(), bq: bias);
    }

    private IQuantizerConfig Weight() => _random.NextInt(2) == 0
        ? QuantizerConfig.DefaultKernel with
        {
            InitBw = 3,
            RndStrategy = _random.NextInt(4) == 0 ? RoundingStrategy.Floor : RoundingStrategy.Standard,
            BwClip = (-1, 6),
            Trainable = _random.NextInt(6) > 0,
            Regularizer = _random.NextInt(3) == 0 ? null : new MonoL1(1e-4),
        }
        : FixedPointQuantizerConfig.DefaultKernel with
        {
            Parametrisation = _random.NextInt(2) == 0 ? Parametrisation.Kif : Parametrisation.Kbi,
            Overflow = _random.NextInt(2) == 0 ? OverflowMode.Saturate : OverflowMode.SaturateSymmetric,
            Rounding = _random.NextInt(4) == 0 ? RoundingMode.Truncate : RoundingMode.RoundHalfUp,
            Bits = 4,
            IntegerBits = 0,
            FractionBits = 3,
            Trainable = _random.NextInt(6) > 0,
            Regularizer = _random.NextInt(3) == 0 ? null : new MonoL1(1e-4),
        };

    private IQuantizerConfig Output() => _random.NextInt(2) == 0
        ? QuantizerConfig.DefaultPreActivation with
        {
            InitBw = 3,
            RndStrategy = _random.NextInt(4) == 0 ? RoundingStrategy.Floor : RoundingStrategy.Standard,
            BwClip = (-2, 7),
        }
        : FixedPointQuantizerConfig.DefaultActivation with
        {
            FractionBits = 3,
            IntegerLimits = new BitRange(-3, 6),
            Rounding = _random.NextInt(4) == 0 ? RoundingMode.Truncate : RoundingMode.RoundHalfUp,
            KeepNegative = _random.NextInt(3) == 0 ? true : null,
            Decay = _random.NextInt(2) == 0 ? 0.3 : null,
        };

    // Widths spread so that some weights and columns have no bit left, and some leave their limits.
    private void Scatter(string name, torch.Tensor tensor)
    {
        double spread = name.Split('.')[^1] switch
        {
            "fbw" or "f" or "b" => 2.5,
            "i" => 1.2,
            "bias" or "beta" => 0.5,
            "gamma" => 0.3,
            _ => 0,
        };
        if (spread > 0)
        {
            double[] noise = [.. Enumerable.Range(0, (int)tensor.Count).Select(_ => spread * _random.NextGaussian())];
            using torch.Tensor change = NewTensor.Of(noise, tensor.Shape, tensor.DataType);
            tensor.AddInPlace(change);
        }
    }

    private SampleSet Draw()
    {
        float[] features = [.. Enumerable.Range(0, Rows * Features).Select(_ => (float)(1.5 * _random.NextGaussian()))];
        return IsClassification
            ? new SampleSet(features, [Features], [.. Enumerable.Range(0, Rows).Select(_ => (long)_random.NextInt(Units[^1]))], [])
            : new SampleSet(
                features, [Features], [], [.. Enumerable.Range(0, Rows * Units[^1]).Select(_ => (float)_random.NextGaussian())]);
    }

    private int Pick(params int[] choices) => choices[_random.NextInt(choices.Length)];
}

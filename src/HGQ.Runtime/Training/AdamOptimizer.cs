using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HGQ.Runtime.Optimization;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Training;

/// <summary>Lets the trainer use <see cref="HgqAdam"/>, with the ε of Keras: added to the root of the uncorrected second moment.</summary>
public sealed class AdamOptimizer : IOptimizer
{
    private readonly HgqAdam _adam;

    /// <summary>Starts with moments of 0.</summary>
    /// <param name="parameters">The parameters; those that need no gradient are left out.</param>
    /// <param name="beta1">Decay of the mean of the gradient.</param>
    /// <param name="beta2">Decay of the mean of its square.</param>
    /// <param name="epsilon">Added to the root of the latter.</param>
    public AdamOptimizer(IEnumerable<Parameter> parameters, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) =>
        _adam = new HgqAdam(parameters, beta1: beta1, beta2: beta2, epsilon: epsilon, rule: EpsilonRule.Uncorrected);

    /// <summary>Starts with moments of 0, with a learning rate for each kind of parameter.</summary>
    /// <param name="network">All its parameters; those that need no gradient are left out.</param>
    /// <param name="rates">What the learning rate is multiplied by.</param>
    /// <param name="beta1">Decay of the mean of the gradient.</param>
    /// <param name="beta2">Decay of the mean of its square.</param>
    /// <param name="epsilon">Added to the root of the latter.</param>
    public AdamOptimizer(torch.nn.Module network, RateFactors rates, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : this((network ?? throw new ArgumentNullException(nameof(network))).parameters(), beta1, beta2, epsilon)
    {
        ArgumentNullException.ThrowIfNull(rates);
        _adam.RateFactors = rates.For(network, _adam.Parameters);
    }

    /// <summary>The optimizer behind it.</summary>
    internal HgqAdam Adam => _adam;

    /// <inheritdoc/>
    public void ZeroGradients() => _adam.ZeroGradients();

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        _adam.LearningRate = learningRate;
        _adam.Step();
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        HgqAdamState state = _adam.SaveState();
        writer.Write(state.Step);
        writer.Write(state.LearningRate);
        writer.Write(state.FirstMoments.Count);
        foreach (double[] moment in state.FirstMoments.Concat(state.SecondMoments))
        {
            writer.Write(moment.Length);
            writer.Write(MemoryMarshal.AsBytes<double>(moment));
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        long step = reader.ReadInt64();
        double learningRate = reader.ReadDouble();
        int count = reader.ReadInt32();
        double[][] moments = [.. Enumerable.Range(0, 2 * count).Select(_ => ReadMoment(reader))];
        _adam.LoadState(new HgqAdamState(step, learningRate, moments[..count], moments[count..]));
    }

    private static double[] ReadMoment(BinaryReader reader)
    {
        int bytes = reader.ReadInt32() * sizeof(double);
        return MemoryMarshal.Cast<byte, double>(reader.ReadBytes(bytes)).ToArray();
    }
}

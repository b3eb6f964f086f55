using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>
/// The training samples as two resident tensors, handed out in shuffled batches. The order of an epoch follows from the seed and the
/// epoch's number alone, so that a resumed run needs no state of a generator.
/// </summary>
internal sealed class Batches : IDisposable
{
    private readonly torch.Tensor _features;
    private readonly torch.Tensor _targets;
    private readonly int _count;
    private readonly int _size;
    private readonly ulong _seed;

    public Batches(SampleSet samples, int size, ulong seed)
    {
        (_features, _targets) = Resident(samples);
        (_count, _size, _seed) = (samples.Count, size, seed);
    }

    /// <summary>The batches of an epoch; what is handed out belongs to the dispose scope it is taken in.</summary>
    public IEnumerable<Func<(torch.Tensor Features, torch.Tensor Targets)>> Shuffled(int epoch)
    {
        long[] order = [.. Enumerable.Range(0, _count).Select(static i => (long)i)];
        new DeterministicRandom(_seed, stream: (ulong)epoch + 1).Shuffle<long>(order);
        using torch.Tensor index = NewTensor.Of(order);
        for (int first = 0; first < _count; first += _size)
        {
            int start = first;
            yield return () =>
            {
                torch.Tensor rows = index.Narrow(0, start, Math.Min(_size, _count - start));
                return (_features.IndexSelect(0, rows), _targets.IndexSelect(0, rows));
            };
        }
    }

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
    }

    /// <summary>Samples as tensors that outlive any dispose scope.</summary>
    internal static (torch.Tensor Features, torch.Tensor Targets) Resident(SampleSet samples)
    {
        long[] shape = [samples.Count, .. samples.SampleShape.Select(static d => (long)d)];
        torch.Tensor features = NewTensor.Of(samples.Features, shape).DetachFromDisposeScope();
        torch.Tensor targets = samples.Labels.Length > 0
            ? NewTensor.Of(samples.Labels)
            : NewTensor.Of(samples.Targets, [samples.Count, samples.TargetCount]);
        return (features, targets.DetachFromDisposeScope());
    }
}

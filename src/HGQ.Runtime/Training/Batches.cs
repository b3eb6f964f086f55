using System;
using System.Collections.Generic;
using System.Linq;
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
        using torch.Tensor index = torch.tensor(order);
        for (int first = 0; first < _count; first += _size)
        {
            int start = first;
            yield return () =>
            {
                torch.Tensor rows = index.narrow(0, start, Math.Min(_size, _count - start));
                return (_features.index_select(0, rows), _targets.index_select(0, rows));
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
        torch.Tensor features = torch.tensor(samples.Features, shape).DetachFromDisposeScope();
        torch.Tensor targets = samples.Labels.Length > 0
            ? torch.tensor(samples.Labels)
            : torch.tensor(samples.Targets, [samples.Count, samples.TargetCount]);
        return (features, targets.DetachFromDisposeScope());
    }
}

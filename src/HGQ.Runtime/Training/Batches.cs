using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>
/// The order of the training samples, which follows from the seed and the epoch's number alone: a resumed run needs no state of a
/// generator.
/// </summary>
internal static class Batches
{
    /// <summary>The rows in the order of an epoch.</summary>
    public static int[] Order(int count, ulong seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new DeterministicRandom(seed, stream: (ulong)epoch + 1).Shuffle<int>(order);
        return order;
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

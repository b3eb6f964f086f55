using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>What a network takes and gives, so that a trainer can refuse samples that do not fit before it starts.</summary>
/// <param name="Features">Numbers a sample.</param>
/// <param name="Outputs">Outputs a sample, those of several outputs side by side.</param>
/// <param name="Multiplications">Products of a weight and a value a sample: they decide how many threads are worth their while.</param>
/// <param name="Type">Type of the parameters.</param>
public sealed record NetworkSize(long Features, long Outputs, long Multiplications, torch.ScalarType Type);

using System.IO;

namespace HGQ.Runtime.Training;

/// <summary>What the trainer needs of an optimizer.</summary>
public interface IOptimizer
{
    /// <summary>Forgets the gradients.</summary>
    void ZeroGradients();

    /// <summary>One update with the gradients at hand.</summary>
    void Step(double learningRate);

    /// <summary>Writes everything that decides later updates.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Goes on from what <see cref="Save"/> wrote.</summary>
    /// <exception cref="System.ArgumentException">It belongs to other parameters.</exception>
    void Load(BinaryReader reader);
}

using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training.Checkpoints;

namespace HGQ.Runtime.Training.Runs;

/// <summary>Finds the network that an exported model was, among the candidates of its run's checkpoint.</summary>
public static class TrainedState
{
    /// <summary>Loads the network as it was trained.</summary>
    /// <param name="modelPath">The model file, in the folder of its run or in <c>pareto/</c> below.</param>
    /// <param name="graph">What the file holds; its metadata name the epoch.</param>
    /// <param name="features">Inputs of the model.</param>
    /// <param name="outputs">Outputs of the model.</param>
    /// <returns>The network, or null where the run's checkpoint is not beside the file or holds no such epoch.</returns>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    public static HgqModel? Load(string modelPath, ModelGraph graph, int features, int outputs)
    {
        if (FindRun(modelPath) is not { } run || !File.Exists(run.Checkpoint)
            || !int.TryParse(graph.Metadata.Find("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
        {
            return null;
        }

        Candidate? candidate = Trainer.ReadCandidates(run.Checkpoint).FirstOrDefault(c => c.Epoch == epoch);
        if (candidate is null)
        {
            return null;
        }

        RunRequest request = RunFiles.ReadRequest(run);
        HgqModel model = NetworkBuilder.Build(request.Recipe, request.Description, features, outputs / graph.Outputs.Length, request.Seed);
        candidate.State.Restore(new HgqNetwork(model).State);
        return model;
    }

    /// <summary>The folder of the run that a model file belongs to; null where there is none.</summary>
    internal static RunFolder? FindRun(string modelPath)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(modelPath));
        IEnumerable<string?> candidates = [folder, Path.GetDirectoryName(folder)];
        return candidates.Where(static path => path is not null).Select(static path => new RunFolder(path!))
            .FirstOrDefault(static run => run.IsRun);
    }
}

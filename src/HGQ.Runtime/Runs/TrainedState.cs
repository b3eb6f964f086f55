using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Checkpoints;

namespace HGQ.Runtime.Runs;

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
        if (FindRun(modelPath) is not { } run || run.IsTrimmed
            || !int.TryParse(graph.Metadata.Find("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
        {
            return null;
        }

        // One of several trainings names its own seed.
        RunRequest request = RunFiles.ReadRequest(run);
        int index = ulong.TryParse(graph.Metadata.Find(ModelFacts.Seed), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? (int)(seed - request.Seed)
            : 0;
        string checkpoint = run.CheckpointOf(index);
        Candidate? candidate = File.Exists(checkpoint)
            ? Trainer.ReadCandidates(checkpoint).FirstOrDefault(c => c.Epoch == epoch)
            : null;
        if (candidate is null)
        {
            return null;
        }

        HgqModel model = NetworkBuilder.Build(request, features, outputs / graph.Outputs.Length, request.Seed);
        candidate.State.Restore(new HgqNetwork(model).State);
        ExportedRanges.Restore(model, graph);
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

using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Three seeded clouds of points in four dimensions, and a small network to tell them apart.</summary>
internal static class Blobs
{
    public const int Classes = 3;
    public const int Features = 4;

    public static readonly Recipe Recipe = new()
    {
        Network = new RecipeNetwork { Hidden = [8] },
        Training = new RecipeTraining
        {
            Epochs = 8,
            Batch = 64,
            LearningRate = new CosineRestartSchedule(0.02, 0.001, 4),
            Beta = new LogarithmicSchedule(1e-5, 1e-3, 8),
        },
    };

    public static SampleSet Samples(int count, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var features = new float[count * Features];
        var labels = new long[count];
        for (int s = 0; s < count; s++)
        {
            labels[s] = random.NextInt(Classes);
            for (int f = 0; f < Features; f++)
            {
                features[(s * Features) + f] = (float)((f == labels[s] ? 1.5 : 0) + (0.6 * random.NextGaussian()));
            }
        }

        return new SampleSet(features, [Features], labels, []);
    }

    public static HgqSequential Network(ulong seed = 1) => NetworkBuilder.Build(Recipe, Features, Classes, seed);

    public static TrainerOptions Options(string? checkpoint = null) => new()
    {
        Epochs = Recipe.Training.Epochs,
        BatchSize = Recipe.Training.Batch,
        LearningRate = Recipe.Training.LearningRate,
        Beta = Recipe.Training.Beta,
        Seed = 1,
        CheckpointPath = checkpoint,
        CheckpointInterval = System.TimeSpan.FromDays(1),
        RunDescription = "blobs",
    };
}

#:project ../../src/HGQ.Runtime
#:property LoadsTorch=true

// A regression: where a pen will end (its last x), from the seven points before.
//   dotnet run samples/tasks/regression.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
var options = new DataOptions { Target = "input15", Task = LearningTask.Regression, Ignored = ["input16", "target"] };
Dataset data = DatasetLoader.Load(Path.Combine(samples, "data", "pendigits.tsv.gz"), options).Data;
RowSplit split = new RandomSplit(Validation: 0.2, Test: 0, Seed: 1).Split(data);

// Features and target are scaled by the rows that are learned from; the score is told in the target's own unit.
FeatureScaling scaling = FeatureScaling.Standardize(data, split.Train);
TargetScaling target = TargetScaling.Standardize(data, split.Train);
IReadOnlyList<double> values = ((RealTargets)data.Target).Values;
SampleSet Rows(IReadOnlyList<int> rows) => new(
    data.Prepare(rows, scaling), [data.SampleSize], [], [.. rows.Select(row => target.Apply(values[row]))]);

const int epochs = 20;
torch.manual_seed(1);
var model = new HgqSequential(
    [data.SampleSize], new HQuantize(), new HDense(32, Activation.Relu), new HDense(16, Activation.Relu), new HDense(1));
using var trainer = new Trainer(
    new HgqNetwork(model), new AdamOptimizer(model.parameters()), Rows(split.Train), Rows(split.Validation), new TrainerOptions
    {
        Epochs = epochs,
        BatchSize = 64,
        LearningRate = new CosineRestartSchedule(0.01, 0.0005, epochs),
        Beta = new LogarithmicSchedule(1e-7, 1e-5, epochs),
        Loss = new MeanSquareLoss(),
        Score = new RootMeanSquareScore(target.Scale),
        Seed = 1,
    });
trainer.Run();

// Scores are better when they are larger, so an error is a negative score.
Console.WriteLine($"guessing the mean: rms error {target.Scale:F1}");
Console.WriteLine("EBOPs  rms error");
foreach (Candidate candidate in trainer.Candidates.OrderBy(candidate => candidate.Ebops))
{
    Console.WriteLine($"{candidate.Ebops,5:F0}  {-candidate.Score,9:F1}");
}

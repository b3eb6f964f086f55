using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int epochs = 60;
const double wanted = 0.97; // the validation accuracy that is good enough

// A table with a header; the column "cluster" holds the classes. Another file: dotnet run -- FILE COLUMN
string file = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "data.csv");
string column = args.Length > 1 ? args[1] : "cluster";
Dataset data = DatasetLoader.Load(file, new DataOptions { Target = column, Task = LearningTask.Classification }).Data;
var classes = (ClassLabels)data.Target;
Console.WriteLine($"{data.Count} rows of {data.SampleSize} features; classes: {string.Join(", ", classes.ClassNames)}");
RowSplit split = new RandomSplit(Validation: 0.2, Test: 0, Seed: 1).Split(data);

// Features are standardized by the rows that are learned from.
FeatureScaling scaling = FeatureScaling.Standardize(data, split.Train);
SampleSet training = Samples(split.Train), validation = Samples(split.Validation);
SampleSet Samples(IReadOnlyList<int> rows)
{
    long[] labels = [.. rows.Select(row => (long)classes.Labels[row])];
    return new SampleSet(data.Prepare(rows, scaling), [data.SampleSize], labels, []);
}

// Widths of weights and activations are trained with the weights. Beta is the price of a bit; it rises, so that the
// network begins accurate and becomes cheap.
torch.manual_seed(1);
var model = new HgqSequential(
    [data.SampleSize], new HQuantize(), new HDense(16, Activation.Relu), new HDense(classes.ClassNames.Count));
var network = new HgqNetwork(model);
using var trainer = new Trainer(network, new AdamOptimizer(model.parameters()), training, validation, new TrainerOptions
{
    Epochs = epochs,
    BatchSize = 32,
    LearningRate = new ConstantSchedule(0.01),
    Beta = new LogarithmicSchedule(1e-5, 1e-3, epochs),
    Seed = 1,
});
trainer.Run();

// Candidates are the epochs that gave most for their bits: the cheapest one that is good enough, else the best. Their EBOPs
// are those of running ranges; calibration often finds fewer.
Console.WriteLine("EBOPs  validation  epoch");
foreach (Candidate candidate in trainer.Candidates.OrderBy(candidate => candidate.Ebops))
{
    Console.WriteLine($"{candidate.Ebops,5:F0}  {candidate.Score,10:P1}  {candidate.Epoch,5}");
}

Candidate chosen = trainer.Candidates.Where(candidate => candidate.Score >= wanted).MinBy(candidate => candidate.Ebops)
    ?? trainer.Candidates.MaxBy(candidate => candidate.Score)!;
chosen.State.Restore(network.State);

// Calibration fixes the integer bits on the data; the export holds integers only and takes the columns of the table as
// they are. Inputs beyond those of the data are limited. The verifier compares it with the network, number by number.
using torch.Tensor features = torch.tensor(training.Features, [training.Count, data.SampleSize]);
model.@double();
TraceResult traced = MinmaxTracer.TraceMinmax(model, features);
ModelGraph graph = ModelExporter.Export(model, new ExportOptions { Name = "model", InputOverflow = OverflowMode.Saturate });
string[] mean = [.. scaling.Mean.Select(x => x.ToString("R"))], scale = [.. scaling.Scale.Select(x => x.ToString("R"))];
graph = graph with { Metadata = new ModelMetadata(new[] { new Standardization(graph.Layers[0].Name, mean, scale) }, default) };
FloatVerification check = FloatVerifier.Verify(model, graph, training.Features);
File.WriteAllText("model.hgq.json", ModelWriter.Write(graph));
Console.WriteLine($"chosen: epoch {chosen.Epoch}, {chosen.Score:P1}, {traced.Ebops} EBOPs");
Console.WriteLine($"the integers of the export differ {check.Mismatches} times from the network");
Console.WriteLine("model: model.hgq.json");

#:project ../../src/HGQ.Runtime
#:property LoadsTorch=true

// A convolutional network, exported as integers: handwritten digits as eight points (x, y) along the path of the pen.
//   dotnet run samples/tasks/convolution.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
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
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
Dataset data = DatasetLoader.Load(Path.Combine(samples, "data", "pendigits.tsv.gz"), new DataOptions { Target = "target" }).Data;
RowSplit split = new RandomSplit(Validation: 0.2, Test: 0, Seed: 1).Split(data);
SampleSet Rows(IReadOnlyList<int> rows) => new(
    data.Prepare(rows, FeatureScaling.Divide(64)), [8, 2], [.. rows.Select(row => (long)((ClassLabels)data.Target).Labels[row])], []);
SampleSet training = Rows(split.Train), validation = Rows(split.Validation);

const int epochs = 12;
torch.manual_seed(1);
var model = new HgqSequential(
    [8, 2],                                                                     // eight points, two channels
    new HQuantize(),
    new HConv1D(new ConvOptions(12, [3]) { Activation = Activation.Relu }),     // three neighbouring points: [6, 12]
    new HConv1D(new ConvOptions(12, [3]) { Activation = Activation.Relu }),     // [4, 12]
    new PFlatten(),
    new HDense(10));
var network = new HgqNetwork(model);
using var trainer = new Trainer(network, new AdamOptimizer(model.parameters()), training, validation, new TrainerOptions
{
    Epochs = epochs,
    BatchSize = 64,
    LearningRate = new CosineRestartSchedule(0.01, 0.001, epochs),
    Beta = new LogarithmicSchedule(1e-7, 1e-5, epochs),
    Seed = 1,
});
trainer.Run();
trainer.Candidates.MaxBy(candidate => candidate.Score)!.State.Restore(network.State);

// Calibration fixes the ranges on data; the export holds integers only; the verifier compares it with the network.
using torch.Tensor seen = torch.tensor(training.Features, [training.Count, 8, 2]);
model.@double();
TraceResult traced = MinmaxTracer.TraceMinmax(model, seen);
ModelGraph graph = ModelExporter.Export(model, new ExportOptions { Name = "pen" });
FloatVerification check = FloatVerifier.Verify(model, graph, validation.Features);
Console.WriteLine($"validation {trainer.Candidates.Max(candidate => candidate.Score):P1}, {traced.Ebops:F0} EBOPs");
Console.WriteLine($"{check.Samples} samples: {check.Mismatches} mismatches, {check.OverflowSamples} overflows");
ModelWriter.WriteFile(graph, args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "pen.hgq.json"));

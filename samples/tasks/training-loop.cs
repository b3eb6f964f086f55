#:project ../../src/HGQ.Runtime
#:property LoadsTorch=true

// A training loop of one's own: the model is a torch.nn.Module.
//   dotnet run samples/tasks/training-loop.cs
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
Dataset data = DatasetLoader.Load(Path.Combine(samples, "data", "clusters.csv"), new DataOptions { Target = "cluster" }).Data;
RowSplit split = new RandomSplit(Validation: 0.25, Test: 0, Seed: 1).Split(data);
FeatureScaling scaling = FeatureScaling.Standardize(data, split.Train);
var classes = (ClassLabels)data.Target;
Tensor Features(int[] rows) => tensor(data.Prepare(rows, scaling), [rows.Length, data.SampleSize]);
Tensor Labels(int[] rows) => tensor(rows.Select(row => (long)classes.Labels[row]).ToArray());
int[] train = [.. split.Train], validate = [.. split.Validation];
using Tensor x = Features(train), y = Labels(train), vx = Features(validate), vy = Labels(validate);

manual_seed(1);
const int batch = 50, epochs = 60;
var model = new HgqSequential([data.SampleSize], new HQuantize(), new HDense(16, Activation.Relu), new HDense(classes.ClassNames.Count));
var optimizer = new HgqAdam(model.parameters(), learningRate: 0.01);
for (int epoch = 1; epoch <= epochs; epoch++)
{
    model.train();
    model.SetBeta(1e-5 * Math.Pow(100, (double)epoch / epochs)); // the price of a bit rises
    using Tensor order = randperm(train.Length);
    for (int first = 0; first < train.Length; first += batch)
    {
        using var scope = NewDisposeScope(); // all tensors of the step are freed at its end
        Tensor rows = order.narrow(0, first, Math.Min(batch, train.Length - first));
        Tensor loss = nn.functional.cross_entropy(model.forward(x.index_select(0, rows)), y.index_select(0, rows));
        optimizer.ZeroGradients();
        (loss + model.EbopsLoss()).backward(); // behind the forward pass, which it prices
        optimizer.Step();
    }

    double ebops = model.Ebops;
    model.ResetMinmax(); // ranges are those of an epoch; validation comes behind it, since it records ranges too
    if (epoch % 10 == 0)
    {
        model.eval();
        using IDisposable noGradient = no_grad();
        using var scope = NewDisposeScope();
        double accuracy = model.forward(vx).argmax(1).eq(vy).to(float32).mean().item<float>();
        Console.WriteLine($"epoch {epoch}: validation {accuracy:P1}, {ebops:F0} EBOPs");
    }
}

// To make integers of it: MinmaxTracer, ModelExporter, FloatVerifier, as in convolution.cs.

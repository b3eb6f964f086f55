#:project ../../src/HGQ.Runtime
#:property LoadsTorch=true

// A loss of one's own: what is too low costs four times what is too high, so that the network learns the 80 % quantile.
//   dotnet run samples/tasks/custom-loss.cs
using System;
using System.Globalization;
using System.Linq;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// y is x² with noise that grows with x: four of five points lie below the curve that is looked for.
var random = new Random(1);
float[] x = [.. Enumerable.Range(0, 2000).Select(_ => (float)(4 * random.NextDouble()))];
float[] y = [.. x.Select(v => (v * v) + (2 * v * (float)(random.NextDouble() - 0.5)))];
var samples = new SampleSet(x, [1], [], y);
const int epochs = 60;
torch.manual_seed(1);
var model = new HgqSequential([1], new HQuantize(), new HDense(16, Activation.Relu), new HDense(1));
using var trainer = new Trainer(new HgqNetwork(model), new AdamOptimizer(model.parameters()), samples, samples, new TrainerOptions
{
    Epochs = epochs,
    BatchSize = 100,
    LearningRate = new CosineRestartSchedule(0.01, 0.0005, epochs),
    Beta = new ConstantSchedule(1e-7),
    Loss = new QuantileLoss(0.8),
    Score = new RootMeanSquareScore(1),
    Seed = 1,
});
trainer.Run();

// Calibration fixes the ranges on data, and can give the outputs that go with them.
using torch.Tensor seen = torch.tensor(x, [x.Length, 1]);
double[] found = MinmaxTracer.TraceMinmax(model, seen, predictions: true).Predictions!;
double below = x.Where((_, n) => y[n] < found[n]).Count() / (double)x.Length;
Console.WriteLine($"loss {trainer.History.Epochs[0].Loss:F4} in the first epoch, {trainer.History.Epochs[^1].Loss:F4} in the last");
Console.WriteLine($"{below:P1} of the points lie below");

/// <summary>The mean of q · (y − output) where the output is too low, and of (1 − q) · (output − y) where it is too high.</summary>
internal sealed record QuantileLoss(double Quantile) : TrainingLoss
{
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets)
    {
        using torch.Tensor up = torch.tensor((float)Quantile), down = torch.tensor((float)(Quantile - 1));
        torch.Tensor error = targets - outputs;
        return torch.maximum(error * up, error * down).mean();
    }

    // Called once before the run: what does not fit is better said here than by torch.
    public override void Require(string set, SampleSet samples, long outputs)
    {
        if (samples.TargetCount != outputs)
        {
            throw new SampleException($"The {set} set has {samples.TargetCount} targets a sample; the network has {outputs} outputs.");
        }
    }
}

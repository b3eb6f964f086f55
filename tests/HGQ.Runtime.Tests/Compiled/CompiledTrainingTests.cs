using System;
using System.Linq;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Tests.Golden;
using HGQ.Runtime.Tests.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.Compiled;

/// <summary>Several compiled steps behind each other: beside TorchSharp, with two threads, and what they allocate.</summary>
public sealed class CompiledTrainingTests
{
    private const int Steps = 20;
    private const double Rate = 1e-3;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Twenty_steps_in_float32_are_those_of_TorchSharp(bool fixedPoint, bool normalized)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        SampleSet samples = Blobs.Samples(256, 5);
        using HgqSequential expected = Network(fixedPoint, normalized), compiled = Network(fixedPoint, normalized);
        var torchAdam = new HgqAdam(expected.parameters(), Rate);
        torch.Tensor x = torch.tensor(samples.Features, [samples.Count, Blobs.Features]), labels = torch.tensor(samples.Labels);
        using CompiledStep step = Step(compiled, samples, threads: 1);
        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        for (int s = 0; s < Steps; s++)
        {
            torch.Tensor task = torch.nn.functional.cross_entropy(expected.forward(x), labels);
            torch.Tensor loss = task + expected.EbopsLoss();
            torchAdam.ZeroGradients();
            loss.backward();
            torchAdam.Step();
            Close.Relative([task.item<float>()], [step.Differentiate(samples, rows)], 1e-5, $"loss of step {s}");
            step.Update();
        }

        var state = compiled.state_dict();
        foreach ((string name, torch.Tensor tensor) in expected.state_dict())
        {
            // Widths move by little around 0: there a hundred-thousandth of a bit.
            Close.Absolute(tensor.Values(), state[name].Values(),
                1e-5 * Math.Max(1, tensor.Values().Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max()), name);
        }

        Close.Relative([expected.Ebops], [compiled.Ebops], 1e-6, "EBOPs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_thread_changes_no_bit(bool normalized)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        const int batch = 1024, features = 200;
        var random = new DeterministicRandom(3);
        var samples = new SampleSet(
            [.. Enumerable.Range(0, batch * features).Select(_ => (float)random.NextGaussian())], [features],
            [.. Enumerable.Range(0, batch).Select(_ => (long)random.NextInt(10))], []);
        double[][] Train(int threads)
        {
            HgqSequential model = Large(normalized);
            using CompiledStep step = Step(model, samples, threads);
            Assert.Equal(Math.Min(threads, Environment.ProcessorCount), step.Threads);
            for (int s = 0; s < 3; s++)
            {
                step.Differentiate(samples, [.. Enumerable.Range(0, batch - s)]);
                step.Update();
            }

            return [.. model.state_dict().Values.Select(static t => t.Values())];
        }

        Assert.Equal(Train(1), Train(2));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        SampleSet samples = Blobs.Samples(256, 5);
        using HgqSequential model = Network(fixedPoint: true, normalized: true);
        using CompiledStep step = Step(model, samples, threads: 1);
        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        long Allocated(int steps)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int s = 0; s < steps; s++)
            {
                step.Differentiate(samples, rows);
                step.Update();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(3);
        Assert.Equal(0, Allocated(20));
    }

    private static CompiledStep Step(HgqModel model, SampleSet samples, int threads) =>
        CompiledStep.TryCreate(
            model, new HgqAdam(model.parameters(), Rate), new CrossEntropyLoss(), samples,
                new() { Batch = samples.Count, Threads = threads }, out string reason)
        ?? throw new InvalidOperationException(reason);

    private static HgqSequential Network(bool fixedPoint, bool normalized)
    {
        IQuantizerConfig kernel = fixedPoint ? FixedPointQuantizerConfig.DefaultKernel with { Bits = 6, IntegerBits = 0 }
            : QuantizerConfig.DefaultKernel with { InitBw = 4 };
        IQuantizerConfig output = fixedPoint ? FixedPointQuantizerConfig.DefaultActivation
            : QuantizerConfig.DefaultPreActivation with { InitBw = 5 };
        IQuantizerConfig? bias = fixedPoint ? FixedPointQuantizerConfig.DefaultKernel : null;
        HDense Dense(int units, Activation activation) => normalized
            ? new HDenseBatchNorm(units, activation, 1e-4, useBias: false, kq: kernel, paq: output, bq: bias)
            : new HDense(units, activation, 1e-4, kq: kernel, paq: output, bq: bias);
        var model = new HgqSequential([Blobs.Features], new HQuantize(output), Dense(20, Activation.Relu), Dense(16, Activation.Relu),
            Dense(Blobs.Classes, Activation.Linear));
        model.InitializeWeights(new DeterministicRandom(7).NextDouble);
        model.train();
        return model;
    }

    private static HgqSequential Large(bool normalized)
    {
        HDense Dense(int units, Activation activation) =>
            normalized ? new HDenseBatchNorm(units, activation, 1e-6, useBias: false) : new HDense(units, activation, 1e-6);
        var model = new HgqSequential(
            [200], new HQuantize(), Dense(128, Activation.Relu), Dense(64, Activation.Relu), Dense(10, Activation.Linear));
        model.InitializeWeights(new DeterministicRandom(7).NextDouble);
        model.train();
        return model;
    }
}

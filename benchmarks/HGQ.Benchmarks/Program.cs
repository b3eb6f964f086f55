using System;
using System.IO;
using BenchmarkDotNet.Running;
using HGQ.Benchmarks.Inference;
using HGQ.Model.Serialization;

if (args is ["models", var folder])
{
    ModelWriter.WriteFile(JetsModel.Create(), Path.Combine(folder, "jets.hgq.json"));
    ModelWriter.WriteFile(LargeModels.MnistMlp(), Path.Combine(folder, "mnist_mlp.hgq.json"));
    ModelWriter.WriteFile(LargeModels.MnistCnn(), Path.Combine(folder, "mnist_cnn.hgq.json"));
    Console.WriteLine($"wrote {folder}");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

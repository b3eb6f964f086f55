using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using HGQ.Benchmarks.Inference;
using HGQ.Benchmarks.Reports;
using HGQ.Benchmarks.Training;
using HGQ.Model.Serialization;

switch (args)
{
    case ["models", var folder]:
        ModelWriter.WriteFile(JetsModel.Create(), Path.Combine(folder, "jets.hgq.json"));
        ModelWriter.WriteFile(LargeModels.MnistMlp(), Path.Combine(folder, "mnist_mlp.hgq.json"));
        ModelWriter.WriteFile(LargeModels.MnistCnn(), Path.Combine(folder, "mnist_cnn.hgq.json"));
        ModelWriter.WriteFile(EmissionBenchmarks.Create("64-32"), Path.Combine(folder, "dense_64_32.hgq.json"));
        ModelWriter.WriteFile(EmissionBenchmarks.Create("128-256-64"), Path.Combine(folder, "mlp_128_256_64.hgq.json"));
        Console.WriteLine($"wrote {folder}");
        return 0;
    case ["table", var folder]:
        InferenceTable.Print(SummaryFile.Read(folder), Console.Out);
        return 0;
    case ["first"]:
        FirstCall.Print();
        return 0;
    case ["first", var model]:
        FirstCall.Run(model);
        return 0;
    case ["limits", var gigahertz]:
        Console.WriteLine("| model | vector bits | products | other elements | instructions + input | ns from codes | ns from reals | ns with adds |\n|---|---|---|---|---|---|---|---|");
        foreach (var (one, bits) in from one in InferenceModel.All from bits in new[] { 512, 256 } select (one, bits))
        {
            HardwareLimit.Print(one.Name, one.Lower(), bits, double.Parse(gigahertz, CultureInfo.InvariantCulture), Console.Out);
        }

        return 0;
    case ["fronts", var budgets, var picture, .. var runs]:
        double[] steps = [.. budgets.Split(',').Select(budget => double.Parse(budget, CultureInfo.InvariantCulture))];
        Front[] fronts = [.. runs.Select(Front.Read)];
        FrontTable.Print(steps, fronts, Console.Out);
        FrontPlot.Write(picture, steps, fronts);
        return 0;
    case ["luts", var others, .. var runs]:
        HardwareTable.Print(others, runs, Console.Out);
        return 0;
    case ["netlists", .. var models]:
        NetlistSpeed.Print(models, Console.Out);
        return 0;
    case ["profile", var gigahertz, .. var models]:
        LayerProfile.Print(
            double.Parse(gigahertz, CultureInfo.InvariantCulture),
            models.Length > 0 ? models : [.. InferenceModel.All.Select(model => model.Name)],
            Console.Out);
        return 0;
    case ["turns", "threads", var batch, .. var models]:
        EngineTurns.PrintThreads(int.Parse(batch, CultureInfo.InvariantCulture), models.Length > 0 ? models : [.. InferenceModel.All.Select(model => model.Name)], Console.Out);
        return 0;
    case ["turns", var batch, .. var models]:
        EngineTurns.Print(int.Parse(batch, CultureInfo.InvariantCulture), models.Length > 0 ? models : [.. InferenceModel.All.Select(model => model.Name)], Console.Out);
        return 0;
    case ["summarize", var folder, var file]:
        File.WriteAllText(file, SummaryFile.Read(folder).ToJson());
        return 0;
    case ["compare", var before, var after]:
        return Comparison.Print(SummaryFile.Read(before), SummaryFile.Read(after), limit: 1.25, Console.Out) == 0 ? 0 : 1;
    case ["compare", var before, var after, var limit]:
        return Comparison.Print(SummaryFile.Read(before), SummaryFile.Read(after), double.Parse(limit, CultureInfo.InvariantCulture), Console.Out) == 0 ? 0 : 1;
    case ["steps", .. var networks]:
        StepTimes.Print(
            networks.Length > 1 ? networks[1..] : TrainingNetwork.Names,
            TrainingCase.Ways,
            networks.Length > 0 ? int.Parse(networks[0], CultureInfo.InvariantCulture) : 1);
        return 0;
    case ["memory"]:
        PeakMemory.Print();
        return 0;
    case ["memory", "inference"]:
        InferenceMemory.Print();
        return 0;
    case ["memory", "inference", var model, var engine]:
        InferenceMemory.Run(model, engine);
        return 0;
    case ["memory", var network, var way]:
        PeakMemory.Run(network, way);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddExporter(new SummaryExporter()));
        return 0;
}

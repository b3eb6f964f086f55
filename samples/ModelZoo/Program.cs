using System;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelZoo;
using Samples;

// Trains one model of the zoo from its description and recipe, measures its exported integers on test rows, and compares all engines.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0 || ZooModel.All.FirstOrDefault(model => model.Name == args[0]) is not { } zoo)
{
    Console.Error.WriteLine("usage: ModelZoo NAME [DATA] [FOLDER]; names:");
    foreach (ZooModel model in ZooModel.All)
    {
        Console.Error.WriteLine($"  {model.Name,-12} {model.Title}{(model.Simulate is null ? "; needs DATA: " + model.DataHint : "")}");
    }

    return 2;
}

bool simulated = zoo.Simulate is not null;
if (!simulated && (args.Length < 2 || !(File.Exists(args[1]) || Directory.Exists(args[1]))))
{
    Console.Error.WriteLine($"{zoo.Name} needs its data: name {zoo.DataHint} behind {zoo.Name}{(args.Length < 2 ? "" : $"; there is none at {args[1]}")}.");
    return 2;
}

string folder = args.ElementAtOrDefault(simulated ? 1 : 2) ?? Path.Combine(Path.GetTempPath(), "hgq-zoo");
Directory.CreateDirectory(folder);
string data = simulated ? Path.Combine(folder, zoo.Name + ".csv") : args[1];
zoo.Simulate?.Invoke(data, false);
string test = simulated ? Path.Combine(folder, zoo.Name + "-test.csv") : data;
zoo.Simulate?.Invoke(test, true);
string run = Path.Combine(folder, zoo.Name), exported = Path.Combine(run, "model.hgq.json");
string[] target = zoo.Target is null ? [] : ["--target", zoo.Target];
string Description(string kind) => Path.Combine(AppContext.BaseDirectory, "models", $"{zoo.Name}.{kind}.json");

int code = ToolRunner.Run(["train", data, .. target, "--model", Description("model"), "--recipe", Description("recipe"), "--seed", "1", "--out", run, "--force"]);
code = code != 0 ? code : ToolRunner.Run("inspect", exported);
code = code != 0 ? code : ToolRunner.Run(["evaluate", exported, "--data", test, .. target]);
return code != 0 ? code : ToolRunner.Run(["verify", exported, "--data", zoo.VerifiedData(test), .. target]);

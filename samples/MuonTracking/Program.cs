using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Runs;
using MuonTracking;
using Samples;

// The whole way: simulate tracks, train, choose a point of the front, write the model file, generated C#, an HLS project and the gates
// as Verilog, simulate the HLS with g++, and compare the engines integer by integer.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var clock = Stopwatch.StartNew();
string folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "hgq-muon-tracking");
int epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 500;
Directory.CreateDirectory(folder);
string tracks = Path.Combine(folder, "muons.csv"), run = Path.Combine(folder, "run"), model = Path.Combine(run, "model.hgq.json");

Console.WriteLine($"Simulating 20,000 muons in three stations of {MuonSimulation.Strips} strips → {tracks}");
MuonSimulation.Write(tracks, 20_000, seed: 1);

Console.WriteLine($"Training {epochs} epochs of a 150-24-16-1 network; every weight and activation learns its own width");
var request = new RunRequest
{
    Data = tracks,
    Options = new DataOptions { Target = MuonSimulation.Target, Task = LearningTask.Regression },
    Recipe = MuonRecipe.Create(epochs),
    Seed = 1,
};
RunResult result = RecipeRunner.Create(request, run, force: true).Run(new ConsoleProgress());
ParetoTable.Print(result);

int inspected = ToolRunner.Run("inspect", model);
int csharp = ToolRunner.Run("emit", "csharp", model, "--out", Path.Combine(folder, "MuonTracker.cs"), "--force");
int hls = ToolRunner.Run("emit", "hls", model, "--out", Path.Combine(folder, "hls"), "--force");
int verilog = ToolRunner.Run("emit", "verilog", model, "--out", Path.Combine(folder, "verilog"), "--force");
int evaluated = ToolRunner.Run("evaluate", model, "--data", tracks, "--target", MuonSimulation.Target);
int verified = ToolRunner.Run("verify", model, "--data", tracks);

Console.WriteLine($"Model {model}");
Console.WriteLine($"HLS   {Path.Combine(folder, "hls")} (make csim)");
Console.WriteLine($"Gates {Path.Combine(folder, "verilog")} (make sim, make synth)");
Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:F0} s: {(verified == 0 ? "0 mismatches" : "the engines differ, see above")}");
return new[] { inspected, csharp, hls, verilog, evaluated, verified }.Max();

#:project ../../src/HGQ.Import

// Imports a trained QKeras model, exactly, and computes with it.
//   dotnet run samples/tasks/import-qkeras.cs
//   dotnet run samples/tasks/import-qkeras.cs my.h5 my.hgq.json
using System;
using System.Globalization;
using System.IO;
using HGQ.Import;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string source = args.Length > 0 ? args[0] : Path.Combine(samples, "models", "qkeras.h5");
string file = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "imported.hgq.json");

// Keras does not say what the hardware reads: 16 bits, 6 of them in front of the binary point, rounded and limited.
var options = new ImportOptions { Input = InputFormat.Parse("fixed<16,6,RND,SAT>") };
ImportResult imported = ModelImporter.Import([source], options);
foreach (string note in imported.Notes)
{
    Console.WriteLine($"note: {note}");
}

ModelWriter.WriteFile(imported.Graph, file);
Console.WriteLine($"{imported.Source}: {imported.Graph.Layers.Length} layers, written to {file}");

// The interpreter is what "right" means: C#, HLS and Verilog give the same integers.
var interpreter = new ReferenceInterpreter(Lowerer.Lower(imported.Graph));
double[][] inputs = [[0.5, -1.25, 2, 0], [3, 0.125, -0.75, 1], [-4, 4, 0.0625, -0.5]];
foreach (double[] input in inputs)
{
    long[] integers = interpreter.Predict(input);
    Console.WriteLine($"{string.Join(" ", input)} -> {string.Join(" ", integers)} = {string.Join(" ", interpreter.Decode(integers))}");
}

#:project ../../src/HGQ.Import
#:project ../../src/HGQ.VerilogEmit

// Writes a model as the gates of a circuit in Verilog, simulates them with Verilator, and compares the integers.
//   dotnet run -c Release samples/tasks/emit-verilog.cs
//   dotnet run -c Release samples/tasks/emit-verilog.cs my.hgq.json folder
using System;
using System.IO;
using System.Linq;
using HGQ.Import;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.VerilogEmit;

string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string folder = args.Length > 1 ? args[1] : Directory.CreateTempSubdirectory("hgq-").FullName;

// A small model of QKeras, whose circuit Verilator compiles in seconds; one with thousands of LUTs takes it minutes.
var narrow = new ImportOptions { Input = InputFormat.Parse("fixed<6,3,RND,SAT>") };
ModelGraph model = args.Length > 0
    ? ModelReader.ReadFile(args[0])
    : ModelImporter.Import([Path.Combine(samples, "models", "qkeras.h5")], narrow).Graph;

// A register after every five levels of logic: a new sample with each clock.
IntegerProgram program = Lowerer.Lower(model);
VerilogProject project = VerilogEmitter.Emit(program, new VerilogOptions { PipelineLevels = 5 });
project.Write(folder);
HardwareReport hardware = project.Report.Hardware;
Console.WriteLine($"{hardware.Total.Luts} LUTs, {hardware.Total.Registers} registers, {hardware.Stages} stages; written to {folder}");
if (VerilogSimulation.MissingTool is { } missing)
{
    Console.WriteLine($"not simulated: {missing}");
    return 1;
}

// The project has a test bench with samples of its own, which checks itself.
VerilogSimulation simulation = VerilogSimulation.Build(folder, project.Name);
(bool passed, string said) = simulation.Check();
Console.WriteLine(passed ? "the test bench passes" : said);

// Any other samples: here random numbers. Reals become codes, codes become results.
const int count = 1000;
var interpreter = new ReferenceInterpreter(program);
var random = new Random(1);
long[][] codes = new long[count][], wanted = new long[count][];
for (int n = 0; n < count; n++)
{
    (codes[n], wanted[n]) = (new long[program.InputCodeSize], new long[program.OutputSize]);
    interpreter.Encode([.. Enumerable.Range(0, program.InputSize).Select(_ => 8 * random.NextDouble() - 4)], codes[n]);
    interpreter.Run(codes[n], wanted[n]);
}

long[] results = simulation.Run([.. codes.SelectMany(sample => sample)], program.InputCodeSize, program.OutputSize);
int mismatches = results.Zip(wanted.SelectMany(sample => sample)).Count(pair => pair.First != pair.Second);
Console.WriteLine($"{count} samples: {mismatches} mismatches");
return passed && mismatches == 0 ? 0 : 1;

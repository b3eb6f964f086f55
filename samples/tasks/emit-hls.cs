#:project ../../src/HGQ.HlsEmit

// Writes a model as an HLS project, simulates it with a plain C++ compiler, and compares the integers.
//   dotnet run samples/tasks/emit-hls.cs
//   dotnet run samples/tasks/emit-hls.cs my.hgq.json folder
using System;
using System.IO;
using System.Linq;
using HGQ.HlsEmit;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string model = args.Length > 0 ? args[0] : Path.Combine(samples, "models", "pendigits-1336.hgq.json");
string folder = args.Length > 1 ? args[1] : Directory.CreateTempSubdirectory("hgq-").FullName;

IntegerProgram program = Lowerer.Lower(ModelReader.ReadFile(model));
HlsProject project = HlsEmitter.Emit(program, new HlsOptions { ClockPeriod = 5 });
HlsProjectWriter.Write(project, folder);
Console.WriteLine($"{project.Files.Count} files in {folder}; the top function is {project.Name}");
if (HlsSimulation.MissingTool is { } missing)
{
    Console.WriteLine($"not simulated: {missing}");
    return 1;
}

// The project has a test bench with samples of its own, which checks itself.
HlsSimulation simulation = HlsSimulation.Build(folder, project.Name);
(bool passed, string said) = simulation.Check();
Console.WriteLine(passed ? "the test bench passes" : said);

// Any other samples: here random points of a pen. Reals become codes, codes become results.
const int count = 1000;
var interpreter = new ReferenceInterpreter(program);
var random = new Random(1);
long[][] codes = new long[count][], wanted = new long[count][];
for (int n = 0; n < count; n++)
{
    (codes[n], wanted[n]) = (new long[program.InputCodeSize], new long[program.OutputSize]);
    interpreter.Encode([.. Enumerable.Range(0, program.InputSize).Select(_ => (double)random.Next(101))], codes[n]);
    interpreter.Run(codes[n], wanted[n]);
}

long[] results = simulation.Run([.. codes.SelectMany(sample => sample)], program.InputCodeSize, program.OutputSize);
int mismatches = results.Zip(wanted.SelectMany(sample => sample)).Count(pair => pair.First != pair.Second);
Console.WriteLine($"{count} samples: {mismatches} mismatches");
return passed && mismatches == 0 ? 0 : 1;

using System;
using HGQ.EmissionHashes;

// One line for each emitted file: its hash and its name. Two lists that are equal say that a change of the emitters changed no byte:
//   dotnet run -c Release --project benchmarks/HGQ.EmissionHashes > list.txt
switch (args)
{
    case []:
        EmittedFiles.Print(EmittedModels.All(graphs: 500), Console.Out);
        return 0;
    case ["--graphs", var count] when int.TryParse(count, out int graphs) && graphs >= 0:
        EmittedFiles.Print(EmittedModels.All(graphs), Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: HGQ.EmissionHashes [--graphs COUNT]");
        return 1;
}

#:project ../../src/HGQ.Runtime
#:property LoadsTorch=true

// Trains on a table: a program that does what `hgq train` does.
//   dotnet run samples/tasks/train-csv.cs
//   dotnet run samples/tasks/train-csv.cs my.csv column folder
using System;
using System.Globalization;
using System.IO;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training.Recipes;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string table = args.Length > 0 ? args[0] : Path.Combine(samples, "data", "clusters.csv");
string column = args.Length > 1 ? args[1] : "cluster";
string folder = args.Length > 2 ? args[2] : Directory.CreateTempSubdirectory("hgq-").FullName;

// The recipe says how to train. BuiltInRecipes.Front, the default of `hgq train`, takes minutes and finds smaller models.
var request = new RunRequest
{
    Data = table,
    Options = new DataOptions { Target = column },
    Recipe = new Recipe
    {
        Network = new RecipeNetwork { Hidden = [16] },
        Training = RecipeTraining.Standard(epochs: 600, betaFrom: 1e-5, betaTo: 1e-3),
    },
    Seed = 1,
};
RecipeRunner runner = RecipeRunner.Create(request, folder);
RunPlan plan = runner.Plan;
Console.WriteLine($"{plan.Rows} rows of {plan.Features} features; classes: {string.Join(", ", plan.Classes)}");
RunResult result = runner.Run();

// The front: all models that no cheaper one beats. Figures are those of exported integers.
Console.WriteLine("EBOPs  validation    test");
foreach (FrontPoint point in result.Front)
{
    Console.WriteLine($"{point.Ebops,5}  {point.Validation,10:P1}  {point.Test,6:P1}{(point == result.Chosen ? "  chosen" : "")}");
}

string file = Path.Combine(folder, "chosen.hgq.json");
ModelWriter.WriteFile(result.Chosen.Graph, file);
Console.WriteLine($"model: {file}");

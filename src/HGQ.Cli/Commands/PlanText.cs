using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Runtime.Runs;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>What is about to be trained, before anybody waits for it.</summary>
internal static class PlanText
{
    private const int MostNames = 10;

    public static string Print(RunPlan plan, RunRequest request, string data)
    {
        string learned = plan.Classes.Count > 0
            ? Invariant($"{plan.Classes.Count} classes ({string.Join(", ", plan.Classes.Take(MostNames))}{(plan.Classes.Count > MostNames ? ", …" : "")})")
            : "a number";
        string layers = request.Description is { } description
            ? Invariant($"{description.File}, {plan.Layers.Count} layers ({string.Join(", ", plan.Layers.Take(MostNames))}{(plan.Layers.Count > MostNames ? ", …" : "")})")
            : string.Join(", ", plan.Layers);
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"data     {data}: {plan.Rows} rows, {plan.Features} features\n")
            .Append(CultureInfo.InvariantCulture, $"target   {plan.Target}: {learned}\n")
            .Append(CultureInfo.InvariantCulture, $"split    {plan.Training} rows to train, {plan.Validation} to validate, {plan.Test} to test\n")
            .Append(CultureInfo.InvariantCulture, $"network  {layers}: {plan.Weights} weights\n")
            .Append(CultureInfo.InvariantCulture, $"recipe   {request.Recipe.Title}: {request.Recipe.Training.Epochs} epochs, {request.Recipe.Training.Batch} rows a step\n")
            .Append(CultureInfo.InvariantCulture, $"seed     {request.Seed}")
            .ToString();
    }
}

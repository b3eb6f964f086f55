using System;
using System.CommandLine;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Model.Serialization;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Training.Recipes;
using HGQ.Sweep.Plan;

namespace HGQ.Cli.Commands;

/// <summary>Refuses a sweep in which <c>hgq train</c> would refuse a task, before the first one begins.</summary>
internal static partial class SweepCheck
{
    /// <exception cref="SweepException">A task can't be trained; says which member of the file is to blame.</exception>
    public static void Require(SweepFile file)
    {
        SweepPlan plan = file.Plan;
        var train = new TrainCommand();
        var root = new RootCommand { train.Definition };
        foreach (SweepTask task in plan.Tasks)
        {
            try
            {
                ParseResult parsed = root.Parse([.. plan.ArgumentsOf(task)], new ParserConfiguration { ResponseFileTokenReplacer = null });
                if (parsed.Errors.Count > 0)
                {
                    throw new CommandException(PlainMessage.Of(parsed.Errors[0].Message));
                }

                train.Check(parsed, plan.RecipeOf(task) is { } recipe ? RecipeReader.Parse(TrainOptionNames.Recipe, recipe) : null);
            }
            catch (RecipeException fault)
            {
                string problem = fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
                string? member = plan.Parameters.FirstOrDefault(name =>
                    problem.StartsWith(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal)
                    && TrainOptions.IsRecipeMember(name));
                throw Blame(file, task, member ?? TrainOptionNames.Recipe, problem, fault);
            }
            catch (Exception fault) when (fault is CommandException or DescriptionException or FormatException)
            {
                string name = fault is DescriptionException ? TrainOptionNames.Model : FirstOption().Match(fault.Message).Groups[1].Value;
                throw Blame(file, task, name, fault.Message, fault);
            }
        }
    }

    private static SweepException Blame(SweepFile file, SweepTask task, string name, string problem, Exception fault) =>
        file.Fail(name, $"{task.Name} ({file.Plan.Describe(task)}): {problem}", fault);

    [GeneratedRegex("--([a-z]+)")]
    private static partial Regex FirstOption();

    private static class TrainOptionNames
    {
        public const string Recipe = "recipe";
        public const string Model = "model";
    }
}

using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using HGQ.Cli.CommandLine;
using HGQ.Runtime.Data;
using HGQ.Runtime.Training.Descriptions;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Cli.Commands;

/// <summary>The recipe of a command line: a file or the built-in one, with what single options change.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string?> _file = new("--recipe") { Description = "Recipe file (docs/training.md); the options below change it.", HelpName = "FILE" };
    private readonly Option<string?> _model = new("--model") { Description = "Model description (docs/model-description.md): the layers, in place of the recipe's.", HelpName = "FILE" };
    private readonly Option<string?> _task = new("--task") { Description = "Default: decided by the target.", HelpName = "classification|regression" };
    private readonly Option<string?> _hidden = new("--hidden") { Description = "Outputs of the hidden layers. Default: 64,32.", HelpName = "N,N,…" };
    private readonly Option<int?> _epochs = NumberOption.OptionalCount("--epochs", "Passes over the training rows; schedules are stretched. Default: 1000.", least: 1);
    private readonly Option<int?> _batch = NumberOption.OptionalCount("--batch", "Rows a step. Default: 512.", least: 1);
    private readonly Option<double?> _rate = NumberOption.OptionalPositive("--lr", "Highest learning rate; it falls to a fiftieth, again and again. Default: 0.005.");
    private readonly Option<string?> _beta = new("--beta") { Description = "What a bit operation costs in the loss, from A to B on a logarithmic ramp.", HelpName = "A:B" };

    private readonly WordOption<bool> _method = new(
        "--method",
        "How to train where no recipe says it: one training, or the search for the smallest network at every accuracy (docs/training.md).",
        false,
        ("recipe", false),
        ("front", true));

    private readonly Option<int?> _seeds = NumberOption.OptionalCount(
        "--seeds", "With --method front: trainings with different seeds whose fronts are merged. Default: 1.", least: 1);

    public RecipeOptions() => _task.CompletionSources.Add("classification", "regression");

    public IEnumerable<Option> All => [_file, _model, _method.Option, _seeds, _task, _hidden, _epochs, _batch, _rate, _beta];

    /// <exception cref="CommandException">A value can't be.</exception>
    /// <exception cref="RecipeException">The file can't be followed.</exception>
    public Recipe Read(ParseResult arguments)
    {
        Recipe recipe = Start(arguments);
        if (arguments.GetValue(_epochs) is { } epochs)
        {
            recipe = recipe.WithEpochs(epochs);
            recipe = recipe with { Front = recipe.Front is { } fitted ? fitted with { AdaptEpochs = false } : null };
        }

        if (arguments.GetValue(_seeds) is { } seeds)
        {
            recipe = recipe with
            {
                Front = recipe.Front is { } several
                    ? several with { Seeds = seeds }
                    : throw new CommandException("--seeds merges the fronts of several trainings; it goes with --method front"),
            };
        }

        RecipeTraining training = recipe.Training;
        if (arguments.GetValue(_batch) is { } batch)
        {
            training = training with { Batch = batch };
        }

        if (arguments.GetValue(_rate) is { } rate)
        {
            training = training with { LearningRate = new CosineRestartSchedule(rate, rate / 50, 50) };
        }

        if (arguments.GetValue(_beta) is { } beta)
        {
            training = training with { Beta = Ramp(beta, training.Epochs) };
        }

        RecipeNetwork network = arguments.GetValue(_hidden) is { } hidden ? recipe.Network with { Hidden = Sizes(hidden) } : recipe.Network;
        return recipe with { Training = training, Network = network, Task = Task(arguments.GetValue(_task)) ?? recipe.Task };
    }

    /// <summary>The model description, or null.</summary>
    /// <exception cref="CommandException">There are layers on the command line too.</exception>
    /// <exception cref="DescriptionException">The file can't be followed.</exception>
    public NetworkDescription? ReadModel(ParseResult arguments) => arguments.GetValue(_model) switch
    {
        null => null,
        _ when arguments.GetValue(_hidden) is not null => throw new CommandException("--model and --hidden both say what the layers are; leave one out"),
        { } file => DescriptionReader.Read(file),
    };

    private Recipe Start(ParseResult arguments)
    {
        bool front = _method.Of(arguments);
        return arguments.GetValue(_file) switch
        {
            null => front ? BuiltInRecipes.Front : new Recipe(),
            _ when front => throw new CommandException(
                "--recipe says how to train; leave --method out, or give the recipe a member \"front\""),
            { } file => RecipeReader.Read(file),
        };
    }

    private Schedule Ramp(string text, int epochs)
    {
        string[] ends = text.Split(':');
        if (ends.Length != 2 || !TryNumber(ends[0], out double from) || !TryNumber(ends[1], out double to))
        {
            throw new CommandException($"--beta '{text}': expected two positive numbers, for example 5e-7:1e-4{NumberOption.Hint(ends[0]) + NumberOption.Hint(ends[^1])}");
        }

        int warmUp = epochs / 8;
        var ramp = new LogarithmicSchedule(from, to, epochs - warmUp);
        return warmUp == 0 ? ramp : new PiecewiseSchedule([new(warmUp, new ConstantSchedule(from)), new(epochs - warmUp, ramp)]);
    }

    private static int[] Sizes(string text)
    {
        string[] parts = text.Split(',');
        int[] sizes = [.. parts.Select(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        return sizes.All(static size => size is > 0 and <= 65536)
            ? sizes
            : throw new CommandException($"--hidden '{text}': expected numbers of outputs, for example 64,32");
    }

    private static LearningTask? Task(string? word) => word switch
    {
        null => null,
        "classification" => LearningTask.Classification,
        "regression" => LearningTask.Regression,
        _ => throw new CommandException($"--task '{word}' does not exist. Values: classification, regression"),
    };

    private static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number > 0 && double.IsFinite(number);
}

using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using HGQ.Cli.CommandLine;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Cli.Commands;

/// <summary>The recipe of a command line: a file or the built-in one, with what single options change.</summary>
internal sealed class RecipeOptions
{
    private const double StartRate = 0.001;

    private readonly Option<string?> _file = new("--recipe") { Description = "Recipe file (docs/training.md); the options below change it.", HelpName = "FILE" };
    private readonly Option<string?> _model = new("--model") { Description = "Model description (docs/model-description.md): the layers, in place of the recipe's.", HelpName = "FILE" };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Model file (.hgq.json) whose integers training goes on from: a chain of dense layers, also an imported one.",
        HelpName = "MODEL",
    };

    private readonly Option<string?> _task = new("--task") { Description = "Default: decided by the target.", HelpName = "classification|regression" };
    private readonly Option<string?> _hidden = new("--hidden") { Description = "Outputs of the hidden layers. Default: 64,32.", HelpName = "N,N,…" };
    private readonly Option<int?> _epochs = NumberOption.OptionalCount(
        "--epochs",
        "Passes over the training rows; schedules are stretched. Default: fitted to data and network; 1000 with --method recipe.",
        least: 1);
    private readonly Option<int?> _batch = NumberOption.OptionalCount("--batch", "Rows a step. Default: 512.", least: 1);
    private readonly Option<double?> _rate = NumberOption.OptionalPositive("--lr", "Highest learning rate; it falls to a fiftieth, again and again. Default: 0.005, and 0.001 with --from.");
    private readonly Option<string?> _beta = new("--beta") { Description = "What a bit operation costs in the loss, from A to B on a logarithmic ramp.", HelpName = "A:B" };

    private readonly WordOption<bool> _method = new(
        "--method",
        "How to train without a recipe: the search for the smallest network at every accuracy, or a single training (docs/training.md).",
        true,
        ("front", true),
        ("recipe", false));

    private readonly Option<int?> _seeds = NumberOption.OptionalCount(
        "--seeds", "With --method front: trainings with different seeds whose fronts are merged. Default: 1.", least: 1);

    private readonly Option<double?> _budget = NumberOption.OptionalPositive(
        "--budget", "With --method front: seconds of wall time that epochs, seeds and trimming are fitted into.");

    private readonly WordOption<QuantizerFamily> _quantizers = new(
        "--quantizers",
        "Family of quantizers of the dense network. Default: that of the recipe, fixed-point with --method front, else hgq.",
        QuantizerFamily.FixedPoint,
        ("fixed-point", QuantizerFamily.FixedPoint),
        ("hgq", QuantizerFamily.Hgq));

    private readonly WordOption<NormalizationKind> _norm = new(
        "--norm",
        "Normalization of the dense network, folded into its weights. Default: that of the recipe, batch with --method front, else none.",
        NormalizationKind.Batch,
        ("batch", NormalizationKind.Batch),
        ("none", NormalizationKind.None));

    public RecipeOptions()
    {
        _task.CompletionSources.Add("classification", "regression");

        // What they default to depends on the recipe.
        _quantizers.Option.DefaultValueFactory = null;
        _norm.Option.DefaultValueFactory = null;
    }

    public IEnumerable<Option> All =>
    [
        _file, _model, _from, _method.Option, _seeds, _budget, _task, _hidden, _quantizers.Option, _norm.Option, _epochs, _batch, _rate, _beta,
    ];

    /// <summary>The recipe.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="given">A recipe that stands for the file; null: the file.</param>
    /// <exception cref="CommandException">A value can't be.</exception>
    /// <exception cref="RecipeException">The file can't be followed.</exception>
    public Recipe Read(ParseResult arguments, Recipe? given = null)
    {
        Recipe recipe = Start(arguments, given);
        if (arguments.GetValue(_epochs) is { } epochs)
        {
            recipe = recipe.WithEpochs(epochs);
            recipe = recipe with { Front = recipe.Front is { } fitted ? fitted with { AdaptEpochs = false } : null };
        }

        recipe = recipe with { Front = FrontOf(recipe, arguments) };
        RecipeTraining training = recipe.Training;
        if (arguments.GetValue(_batch) is { } batch)
        {
            training = training with { Batch = batch };
        }

        // Weights that are good already are not to be shaken.
        double? gentle = IsGiven(_from, arguments) && !IsGiven(_file, arguments) ? StartRate : null;
        if ((arguments.GetValue(_rate) ?? gentle) is { } rate)
        {
            training = training with { LearningRate = new CosineRestartSchedule(rate, rate / 50, 50) };
        }

        if (arguments.GetValue(_beta) is { } beta)
        {
            training = training with { Beta = Ramp(beta, training.Epochs) };
        }

        return recipe with
        {
            Training = training,
            Network = NetworkOf(recipe.Network, arguments),
            Quantizers = IsGiven(_quantizers.Option, arguments)
                ? recipe.Quantizers with { Family = _quantizers.Of(arguments) }
                : recipe.Quantizers,
            Task = Task(arguments.GetValue(_task)) ?? recipe.Task,
        };
    }

    /// <summary>The model description, or null.</summary>
    /// <exception cref="CommandException">There are layers on the command line too.</exception>
    /// <exception cref="DescriptionException">The file can't be followed.</exception>
    public NetworkDescription? ReadModel(ParseResult arguments) => arguments.GetValue(_model) switch
    {
        null => null,
        _ when new Option[] { _hidden, _quantizers.Option, _norm.Option }.FirstOrDefault(o => IsGiven(o, arguments)) is { } other =>
            throw new CommandException($"--model and {other.Name} both say what the layers are; leave one out"),
        { } file => DescriptionReader.Read(file),
    };

    /// <summary>The model to go on from, or null.</summary>
    /// <exception cref="CommandException">It can't be read, or other options say what the layers are.</exception>
    public StartModel? ReadStart(ParseResult arguments) => arguments.GetValue(_from) switch
    {
        null => null,
        _ when new Option[] { _model, _hidden, _quantizers.Option, _norm.Option }.FirstOrDefault(o => IsGiven(o, arguments)) is { } other =>
            throw new CommandException($"--from and {other.Name} both say what the layers are; leave one out"),
        { } file => new StartModel(file, ModelArgument.Read(file)),
    };

    private static bool IsGiven(Option option, ParseResult arguments) => arguments.GetResult(option) is { Implicit: false };

    private RecipeFront? FrontOf(Recipe recipe, ParseResult arguments)
    {
        (int? seeds, double? budget) = (arguments.GetValue(_seeds), arguments.GetValue(_budget));
        if (recipe.Front is not { } front)
        {
            string? alone = seeds is not null ? _seeds.Name : budget is not null ? _budget.Name : null;
            return alone is null
                ? null
                : throw new CommandException($"{alone} belongs to the search for a front; it goes with --method front");
        }

        if (budget is not null && !front.AdaptEpochs)
        {
            throw new CommandException("--budget fits the number of epochs; leave --epochs out, and a recipe that says how many");
        }

        return front with { Seeds = seeds ?? front.Seeds, Budget = budget ?? front.Budget };
    }

    private RecipeNetwork NetworkOf(RecipeNetwork network, ParseResult arguments) => network with
    {
        Hidden = arguments.GetValue(_hidden) is { } hidden ? Sizes(hidden) : network.Hidden,
        Normalization = IsGiven(_norm.Option, arguments) ? _norm.Of(arguments) : network.Normalization,
    };

    private Recipe Start(ParseResult arguments, Recipe? given)
    {
        bool front = _method.Of(arguments);
        return arguments.GetValue(_file) switch
        {
            null when given is null => front ? BuiltInRecipes.Front : new Recipe(),
            _ when IsGiven(_method.Option, arguments) => throw new CommandException(
                "--recipe says how to train; leave --method out, or give the recipe a member \"front\""),
            null => given!,
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

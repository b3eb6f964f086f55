using System;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Scores;
using Spectre.Console;

namespace HGQ.Cli.Terminal;

/// <summary>A bar on the terminal with the figures of the last epoch; it goes away when training ends.</summary>
internal sealed class LiveTrainingDisplay(MessageWriter messages, Score score) : ITrainingDisplay
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = messages.Style.Colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
        Out = new AnsiConsoleOutput(Console.Error),
    });

    /// <inheritdoc/>
    public T Show<T>(Func<ITrainingProgress, T> training) => _console.Progress()
        .AutoClear(true)
        .Columns(new ProgressBarColumn { Width = LiveLine.BarColumns }, new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context => training(new Bar(context.AddTask("training", maxValue: 1), _console, messages, score)));

    /// <inheritdoc/>
    public void Dispose()
    {
        // The bar clears itself.
    }

    private sealed class Bar(ProgressTask task, IAnsiConsole console, MessageWriter messages, Score score) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
        {
            task.MaxValue = epochs;
            task.Value = report.Epoch + 1;
            task.Description = Markup.Escape(
                LiveLine.Format(report.Epoch + 1, epochs, report.Loss, score.Name, score.Displayed(report.Score), report.Ebops, remaining));
        }

        public void OnMessage(string message)
        {
            // Through the console, which draws the bar below it; words are coloured as MessageWriter does.
            bool warning = message.StartsWith("warning: ", StringComparison.Ordinal);
            console.MarkupLine(warning && messages.Style.Colours ? "[yellow]warning[/]" + Markup.Escape(message["warning".Length..]) : Markup.Escape(message));
        }
    }
}

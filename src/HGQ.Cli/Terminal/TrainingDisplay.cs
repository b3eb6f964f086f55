using System;
using System.Globalization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Cli.Terminal;

/// <summary>Chooses the display: a live bar on a terminal, else one plain line every few seconds.</summary>
internal static class TrainingDisplay
{
    private const string Warning = "warning: ";

    public static ITrainingDisplay Create(MessageWriter messages, Score score) => messages is { Style.Live: true, Quiet: false }
        ? new LiveTrainingDisplay(messages, score)
        : new PlainTrainingDisplay(messages, score);

    /// <summary>The figures of an epoch, for example <c>loss 0.1234  accuracy 0.9876  EBOPs 8123  left 1:23</c>.</summary>
    public static string Figures(EpochReport report, Score score, TimeSpan remaining) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {report.Loss:G4}  {score.Name} {score.Displayed(report.Score):G4}  EBOPs {report.Ebops:F0}  left {(int)remaining.TotalMinutes}:{remaining.Seconds:D2}");

    /// <summary>A message of the training: its warnings are shown even when quiet.</summary>
    public static void Tell(MessageWriter messages, string message)
    {
        if (message.StartsWith(Warning, StringComparison.Ordinal))
        {
            messages.Warning(message[Warning.Length..]);
        }
        else
        {
            messages.Note(message);
        }
    }
}

using System;
using System.Diagnostics;
using static System.FormattableString;

namespace HGQ.Cli.Terminal;

/// <summary>Tells how many samples are done: one line that is drawn over on a terminal, else a line every few seconds.</summary>
internal sealed class SampleProgress(MessageWriter messages, string what, int total) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = messages.Style.Live ? TimeSpan.FromMilliseconds(200) : Interval;
    private bool _drawn;

    /// <summary>Notes samples that are done.</summary>
    public void Report(int done)
    {
        if (messages.Quiet || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + (messages.Style.Live ? TimeSpan.FromMilliseconds(100) : Interval);
        string text = total > 0 ? Invariant($"{what}: {Math.Min(done, total)} of {total} samples") : Invariant($"{what}: {done} samples");
        messages.Progress(text, messages.Style.Live);
        _drawn = messages.Style.Live;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_drawn)
        {
            messages.Progress("", overwrite: true);
        }
    }
}

using System;
using System.Diagnostics;
using HGQ.Model.Hardware.Mapping;
using static System.FormattableString;

namespace HGQ.Cli.Terminal;

/// <summary>
/// Tells how far the mapper of a large network is: one line that is drawn over on a terminal, else a line every few seconds.
/// </summary>
internal sealed class MappingDisplay(MessageWriter messages) : IProgress<MappingProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = messages.Style.Live ? TimeSpan.FromMilliseconds(500) : Interval;
    private bool _drawn;

    /// <inheritdoc/>
    public void Report(MappingProgress value)
    {
        if (messages.Quiet || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + (messages.Style.Live ? TimeSpan.FromMilliseconds(100) : Interval);
        messages.Progress(Invariant($"mapping: {value.Done} of {value.Total} words, {value.Luts} LUTs"), messages.Style.Live);
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

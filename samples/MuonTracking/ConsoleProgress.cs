using System;
using System.Diagnostics;
using System.Globalization;
using HGQ.Runtime.Training;

namespace MuonTracking;

/// <summary>A line every few seconds.</summary>
internal sealed class ConsoleProgress : ITrainingProgress
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last = TimeSpan.MinValue;

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
        if (_clock.Elapsed - TimeSpan.FromSeconds(5) >= _last || report.Epoch + 1 == epochs)
        {
            _last = _clock.Elapsed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  epoch {report.Epoch + 1,4}/{epochs}  resolution {-report.Score,6:F2} mrad  EBOPs {report.Ebops,7:F0}  {remaining.TotalSeconds,4:F0} s left"));
        }
    }

    /// <inheritdoc/>
    public void OnMessage(string message) => Console.WriteLine("  " + message);
}

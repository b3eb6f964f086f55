using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>Schedules one after the other; the last one goes on.</summary>
public sealed record PiecewiseSchedule : Schedule
{
    /// <summary>Joins pieces.</summary>
    /// <exception cref="ArgumentException">There is no piece.</exception>
    [JsonConstructor]
    public PiecewiseSchedule(IReadOnlyList<SchedulePiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Pieces = pieces.Count > 0 ? pieces : throw new ArgumentException("A schedule of pieces needs at least one.", nameof(pieces));
    }

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<SchedulePiece> Pieces { get; }

    /// <inheritdoc/>
    public override double At(int epoch)
    {
        int piece = 0;
        while (piece < Pieces.Count - 1 && epoch >= Pieces[piece].Epochs)
        {
            epoch -= Pieces[piece].Epochs;
            piece++;
        }

        return Pieces[piece].Schedule.At(epoch);
    }
}

/// <summary>A schedule and how long it is followed.</summary>
/// <param name="Epochs">Number of epochs; without effect on the last piece.</param>
/// <param name="Schedule">The values, counted from the beginning of the piece.</param>
public sealed record SchedulePiece([property: JsonRequired] int Epochs, [property: JsonRequired] Schedule Schedule);

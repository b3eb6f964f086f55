using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training;

/// <summary>The epochs in which good points appear: where the learning rate has come down.</summary>
internal static class CandidateEpochs
{
    /// <summary>Whether an epoch is in the last quarter of a period of its cosine; true where the rate follows none.</summary>
    public static bool HasLowRate(Schedule rate, int epoch)
    {
        switch (rate)
        {
            case CosineRestartSchedule cosine:
                int place = epoch % cosine.Period;
                return place == cosine.Period - 1 || 4 * place >= 3 * cosine.Period;
            case PiecewiseSchedule pieces:
                int piece = 0;
                for (; piece < pieces.Pieces.Count - 1 && epoch >= pieces.Pieces[piece].Epochs; piece++)
                {
                    epoch -= pieces.Pieces[piece].Epochs;
                }

                return HasLowRate(pieces.Pieces[piece].Schedule, epoch);
            default:
                return true;
        }
    }
}

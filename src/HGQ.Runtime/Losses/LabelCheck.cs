using System;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Losses;

/// <summary>Refuses labels that no output stands for.</summary>
internal static class LabelCheck
{
    /// <summary>Looks through labels.</summary>
    /// <param name="set">What the samples are called: "training" or "validation".</param>
    /// <param name="labels">The labels.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="SampleException">There is another one.</exception>
    public static void Require(string set, ReadOnlySpan<long> labels, long outputs)
    {
        for (int s = 0; s < labels.Length; s++)
        {
            if (labels[s] < 0 || labels[s] >= outputs)
            {
                string allowed = FormattableString.Invariant($"the network has {outputs} outputs, so labels are 0 to {outputs - 1}");
                throw new SampleException(
                    FormattableString.Invariant($"The {set} sample {s} (from 0) has the label {labels[s]}; {allowed}."), s);
            }
        }
    }
}

using System;
using System.Linq;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Joins two exclusive-ors to one step of three operands where nobody else reads what is between.</summary>
internal static class ExclusiveOrs
{
    /// <summary>Gives the steps with pairs joined.</summary>
    /// <param name="steps">Steps in order.</param>
    /// <param name="values">Number of values.</param>
    /// <param name="outputs">Values that are read behind the last step.</param>
    public static ValueStep[] Join(ValueStep[] steps, int values, int[][] outputs)
    {
        var reads = new int[values];
        var makers = new int[values];
        var joined = new ValueStep?[steps.Length];
        foreach (int value in steps.SelectMany(step => step.Reads).Concat(outputs.SelectMany(signals => signals)))
        {
            reads[value]++;
        }

        for (var n = 0; n < steps.Length; n++)
        {
            ValueStep step = joined[n] = steps[n];
            int inner = Array.FindIndex(step.Reads, value => reads[value] == 1 && IsOf(value, joined[makers[value]]));
            if (step.Kind == BitOperationKind.Xor && inner >= 0)
            {
                int maker = makers[step.Reads[inner]];
                joined[n] = new ValueStep(BitOperationKind.XorOfThree, [.. joined[maker]!.Reads, step.Reads[1 - inner]], step.Writes);
                joined[maker] = null;
            }

            foreach (int value in step.Writes)
            {
                if (value >= 0)
                {
                    makers[value] = n;
                }
            }
        }

        return joined.OfType<ValueStep>().ToArray();
    }

    private static bool IsOf(int value, ValueStep? maker) => maker is { Kind: BitOperationKind.Xor } && maker.Writes[0] == value;
}

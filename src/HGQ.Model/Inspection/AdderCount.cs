using System;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Inspection;

/// <summary>
/// Two-input adders and subtracters of a program, one position of a sliding kernel: each sum as shifted summands, one a non-zero
/// canonical signed digit of its weights (Avizienis, 1961), and one for a bias. An upper bound: shared subexpressions are not sought.
/// </summary>
internal static class AdderCount
{
    public static int Of(Instruction instruction) => instruction switch
    {
        ConstantProductInstruction product => Products(product),
        AddInstruction add => (add.Operands.Length - 1) * add.Operands[0].Shifts.Length,
        QuantizeInputInstruction or GatherInstruction or ProductInstruction or RequantizeInstruction or ClampInstruction
            or TableLookupInstruction or ReduceInstruction => 0,
        _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
    };

    /// <summary>Non-zero digits of the canonical signed-digit form.</summary>
    public static int SignedDigits(long weight)
    {
        // From the lowest bit: a run of ones becomes one subtraction and a carry.
        ulong x = weight < 0 ? unchecked((ulong)-weight) : (ulong)weight;
        var digits = 0;
        while (x != 0)
        {
            if ((x & 1) != 0)
            {
                digits++;
                x = (x & 3) == 3 ? (x >> 1) + 1 : x >> 1;
            }
            else
            {
                x >>= 1;
            }
        }

        return digits;
    }

    private static int Products(ConstantProductInstruction product)
    {
        var adders = 0;
        for (var sum = 0; sum < product.Groups * product.Outputs; sum++)
        {
            int group = sum / product.Outputs, output = sum % product.Outputs;
            int summands = Enumerable.Range(0, product.Taps)
                .Sum(tap => SignedDigits(product.Weights[(((group * product.Taps) + tap) * product.Outputs) + output]));
            summands += product.Bias[sum] != 0 ? 1 : 0;
            adders += summands > 1 ? summands - 1 : 0;
        }

        return adders;
    }
}

using System;
using System.Linq;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>An equation such as <c>...c,cd->...d</c> with the ellipsis written out and, where asked, without the batch axis.</summary>
/// <param name="Operands">Labels of each operand.</param>
/// <param name="Result">Labels of the result.</param>
internal sealed record EinsumLabels(string[] Operands, string Result)
{
    private const string Spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Reads an equation.</summary>
    /// <param name="equation">Operands, an arrow, the result.</param>
    /// <param name="rank">Rank of the first operand, batch included; it tells what an ellipsis stands for.</param>
    public static EinsumLabels Parse(string equation, int rank)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var operands = sides[0].Split(',');
        int axes = operands[0].Contains('.') ? rank - (operands[0].Length - 3) : 0;
        var ellipsis = new string([.. Spare.Where(label => !equation.Contains(label)).Take(axes)]);
        return new EinsumLabels(
            [.. operands.Select(operand => operand.Replace("...", ellipsis, StringComparison.Ordinal))],
            sides[1].Replace("...", ellipsis, StringComparison.Ordinal));
    }

    /// <summary>The same without the label of the batch, the first of the result.</summary>
    public EinsumLabels WithoutBatch()
    {
        var batch = Result[..1];
        return new EinsumLabels(
            [.. Operands.Select(operand => operand.Replace(batch, "", StringComparison.Ordinal))],
            Result.Replace(batch, "", StringComparison.Ordinal));
    }
}

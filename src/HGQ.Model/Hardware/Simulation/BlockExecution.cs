using System;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Computes steps on rows of bits. Steps of one kind that follow each other share a loop without a choice in it.</summary>
/// <typeparam name="TRow">Samples that are computed at once.</typeparam>
internal static class BlockExecution<TRow>
    where TRow : struct, IBitRow<TRow>
{
    /// <summary>Rows that hold 0, but row 1, which holds 1.</summary>
    public static TRow[] Rows(int count)
    {
        var rows = new TRow[count];
        rows[1].Copy(in rows[0], ulong.MaxValue);
        return rows;
    }

    /// <summary>Computes the steps from <paramref name="first"/> on.</summary>
    public static void Run(StepList list, TRow[] rows, int first = 0)
    {
        BitOperation[] steps = list.Steps;
        for (int end; first < steps.Length; first = end)
        {
            BitOperationKind kind = steps[first].Kind;
            for (end = first + 1; end < steps.Length && steps[end].Kind == kind;)
            {
                end++;
            }

            switch (kind)
            {
                case BitOperationKind.Copy or BitOperationKind.Not:
                    Copy(steps, first, end, rows, kind == BitOperationKind.Not ? ulong.MaxValue : 0);
                    break;
                case BitOperationKind.And or BitOperationKind.AndNot:
                    And(steps, first, end, rows, kind == BitOperationKind.AndNot ? ulong.MaxValue : 0);
                    break;
                case BitOperationKind.Or or BitOperationKind.OrNot:
                    Or(steps, first, end, rows, kind == BitOperationKind.OrNot ? ulong.MaxValue : 0);
                    break;
                case BitOperationKind.Xor:
                    Xor(steps, first, end, rows);
                    break;
                case BitOperationKind.XorOfThree:
                    XorOfThree(steps, first, end, rows);
                    break;
                case BitOperationKind.Select or BitOperationKind.SelectNot:
                    Select(steps, first, end, rows, kind == BitOperationKind.SelectNot ? ulong.MaxValue : 0);
                    break;
                case BitOperationKind.Position or BitOperationKind.PositionNot:
                    Position(steps, first, end, rows, kind == BitOperationKind.PositionNot ? ulong.MaxValue : 0);
                    break;
                case BitOperationKind.Rom or BitOperationKind.Multiply:
                    BlockCells.Run(list, first, end, new RowBlock<TRow>(rows));
                    break;
                default:
                    throw new InvalidOperationException("no step: " + kind);
            }
        }
    }

    private static void Copy(BitOperation[] steps, int first, int end, TRow[] rows, ulong inversion)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Copy(in rows[step.A], inversion);
        }
    }

    private static void And(BitOperation[] steps, int first, int end, TRow[] rows, ulong inversion)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].And(in rows[step.A], in rows[step.B], inversion);
        }
    }

    private static void Or(BitOperation[] steps, int first, int end, TRow[] rows, ulong inversion)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Or(in rows[step.A], in rows[step.B], inversion);
        }
    }

    private static void Xor(BitOperation[] steps, int first, int end, TRow[] rows)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Xor(in rows[step.A], in rows[step.B]);
        }
    }

    private static void XorOfThree(BitOperation[] steps, int first, int end, TRow[] rows)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Xor(in rows[step.A], in rows[step.B], in rows[step.C]);
        }
    }

    private static void Select(BitOperation[] steps, int first, int end, TRow[] rows, ulong inversion)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Select(in rows[step.A], in rows[step.B], in rows[step.C], inversion);
        }
    }

    private static void Position(BitOperation[] steps, int first, int end, TRow[] rows, ulong inversion)
    {
        for (var n = first; n < end; n++)
        {
            ref BitOperation step = ref steps[n];
            rows[step.To].Position(ref rows[step.Carry], in rows[step.A], in rows[step.B], in rows[step.C], inversion);
        }
    }
}

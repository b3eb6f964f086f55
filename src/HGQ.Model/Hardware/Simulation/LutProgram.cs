using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Turns one LUT into steps on bit words: by splitting off inputs, exclusive-ors first, with equal parts made once.</summary>
internal sealed class LutProgram
{
    private const int Zero = 0;
    private const int One = 1;
    private readonly List<BitOperation> _steps;
    private readonly Dictionary<ulong, int> _known = new();
    private readonly int _firstTemporary;
    private int[] _inputs = [];
    private int _temporary;

    public LutProgram(List<BitOperation> steps, int firstTemporary)
    {
        _steps = steps;
        _firstTemporary = firstTemporary;
        _temporary = firstTemporary;
        MostTemporaries = 0;
    }

    /// <summary>Temporaries that the hungriest LUT needed.</summary>
    public int MostTemporaries { get; private set; }

    public void Add(LutCell lut)
    {
        _known.Clear();
        _temporary = _firstTemporary;
        _inputs = lut.Inputs.Items;
        ulong low = lut.Init & 0xFFFFFFFF, high = lut.Init >> 32;
        if (lut.Output5 >= 0)
        {
            Write(TruthTable.Widen(low, System.Math.Min(5, _inputs.Length)), lut.Output5);
        }

        if (lut.Output6 >= 0)
        {
            Write(_inputs.Length == 6 ? lut.Init : TruthTable.Widen(high, _inputs.Length), lut.Output6);
        }

        MostTemporaries = System.Math.Max(MostTemporaries, _temporary - _firstTemporary);
    }

    private void Write(ulong table, int signal)
    {
        if (_known.TryGetValue(table, out int known) || Trivial(table, out known))
        {
            _steps.Add(new BitOperation(BitOperationKind.Copy, signal, known));
        }
        else
        {
            Split(table, signal);
            _known[table] = signal;
        }
    }

    // The slot that holds a function.
    private int Slot(ulong table)
    {
        if (Trivial(table, out int slot) || _known.TryGetValue(table, out slot))
        {
            return slot;
        }

        slot = _temporary++;
        Split(table, slot);
        _known[table] = slot;
        return slot;
    }

    private bool Trivial(ulong table, out int slot)
    {
        slot = table == 0 ? Zero : table == ulong.MaxValue ? One : -1;
        for (var i = 0; slot < 0 && i < _inputs.Length; i++)
        {
            slot = table == TruthTable.Input(i) ? _inputs[i] : -1;
        }

        return slot >= 0;
    }

    private void Split(ulong table, int to)
    {
        if (Trivial(~table, out int inverse) || _known.TryGetValue(~table, out inverse))
        {
            _steps.Add(new BitOperation(BitOperationKind.Not, to, inverse));
            return;
        }

        int chosen = Choose(table);
        ulong low = TruthTable.Cofactor(table, chosen, false), high = TruthTable.Cofactor(table, chosen, true);
        int input = _inputs[chosen];
        _steps.Add(
            low == ~high ? new BitOperation(BitOperationKind.Xor, to, input, Slot(low))
            : low == 0 ? new BitOperation(BitOperationKind.And, to, input, Slot(high))
            : high == 0 ? new BitOperation(BitOperationKind.AndNot, to, Slot(low), input)
            : low == ulong.MaxValue ? new BitOperation(BitOperationKind.OrNot, to, Slot(high), input)
            : high == ulong.MaxValue ? new BitOperation(BitOperationKind.Or, to, input, Slot(low))
            : new BitOperation(BitOperationKind.Select, to, input, Slot(high), Slot(low)));
    }

    // An input that splits off with one two-input step where there is one, else the last that matters.
    private int Choose(ulong table)
    {
        var chosen = -1;
        for (var i = 0; i < _inputs.Length; i++)
        {
            ulong low = TruthTable.Cofactor(table, i, false), high = TruthTable.Cofactor(table, i, true);
            if (low == ~high)
            {
                return i;
            }

            if (low != high && (chosen < 0 || low == 0 || high == 0 || low == ulong.MaxValue || high == ulong.MaxValue || !Simple(table, chosen)))
            {
                chosen = i;
            }
        }

        return chosen;
    }

    private static bool Simple(ulong table, int input)
    {
        ulong low = TruthTable.Cofactor(table, input, false), high = TruthTable.Cofactor(table, input, true);
        return low == 0 || high == 0 || low == ulong.MaxValue || high == ulong.MaxValue;
    }
}

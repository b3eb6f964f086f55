using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Drafting;

/// <summary>A netlist under construction. Signals 0 and 1 are the constants; literals count in <see cref="Literal"/>.</summary>
internal sealed class NetlistDraft
{
    private readonly List<NetlistCell> _cells = new();
    private readonly List<int> _levels = new() { 0, 0 };
    private readonly Dictionary<FunctionKey, int> _functions = new();

    /// <summary>Layer of the cells that are made next.</summary>
    public int Layer { get; set; }

    /// <summary>Number of signals.</summary>
    public int SignalCount => _levels.Count;

    /// <summary>LUTs so far.</summary>
    public int Luts { get; private set; }

    /// <summary>Cells so far.</summary>
    public IReadOnlyList<NetlistCell> Cells => _cells;

    /// <summary>A new signal.</summary>
    public int NewSignal(int level)
    {
        _levels.Add(level);
        return _levels.Count - 1;
    }

    /// <summary>Levels of chains, compressors and logic before a bit; gates count none.</summary>
    public int LevelOf(int literal) => literal < 2 ? 0 : _levels[Literal.SignalOf(literal)];

    /// <summary>Adds a cell that writes signals made by <see cref="NewSignal"/>.</summary>
    public void Add(NetlistCell cell)
    {
        _cells.Add(cell);
        Luts += cell is LutCell ? 1 : 0;
    }

    /// <summary>A function of literals; constants and repeated ones are folded, a function that is one of its inputs is that literal.</summary>
    /// <param name="role">What it is for.</param>
    /// <param name="literals">At most six after folding.</param>
    /// <param name="function">The value for each choice of the literals, literal 0 lowest.</param>
    public int Lut(LutRole role, IReadOnlyList<int> literals, Func<int, bool> function)
    {
        var folded = FoldedInputs.Of(literals);
        ulong table = folded.Table(function);
        return Lut(role, folded.Signals, table);
    }

    /// <summary>Two functions of at most five signals in one LUT.</summary>
    public (int First, int Second) Lut2(IReadOnlyList<int> literals, Func<int, bool> first, Func<int, bool> second)
    {
        var folded = FoldedInputs.Of(literals);
        int[] signals = folded.Signals;
        ulong high = TruthTable.Widen(folded.Table(first), signals.Length), low = TruthTable.Widen(folded.Table(second), signals.Length);
        if (IsTrivial(high, signals.Length) || IsTrivial(low, signals.Length))
        {
            return (Lut(LutRole.Logic, signals, high), Lut(LutRole.Logic, signals, low));
        }

        int level = signals.Max(signal => _levels[signal]) + 1, output6 = NewSignal(level), output5 = NewSignal(level);
        Add(new LutCell(Layer, LutRole.Logic, signals, (low & 0xFFFFFFFF) | (high << 32), output6, output5));
        return (Literal.Of(output6), Literal.Of(output5));
    }

    /// <summary>The signal that a literal is, made by an inverter where it is inverted: for what cannot invert by itself.</summary>
    public int Signal(int literal)
    {
        if (literal < 2)
        {
            return literal;
        }

        return Literal.IsInverted(literal)
            ? Literal.SignalOf(Function(LutRole.Gate, new[] { Literal.SignalOf(literal) }, 1))
            : Literal.SignalOf(literal);
    }

    /// <summary>A function of signals, given by its table over as many inputs.</summary>
    public int Lut(LutRole role, int[] signals, ulong table)
    {
        var needed = Enumerable.Range(0, signals.Length).Where(i => TruthTable.DependsOn(TruthTable.Widen(table, signals.Length), i)).ToArray();
        if (needed.Length < signals.Length)
        {
            ulong narrow = 0;
            for (var index = 0; index < 1 << needed.Length; index++)
            {
                int at = needed.Select((input, n) => ((index >> n) & 1) << input).Sum();
                narrow |= ((table >> at) & 1) << index;
            }

            return Lut(role, needed.Select(input => signals[input]).ToArray(), narrow);
        }

        return signals.Length switch
        {
            0 => (int)(table & 1),
            1 => (Literal.Of(signals[0])) | ((table & 3) == 1 ? 1 : 0),
            _ => Function(role, signals, table),
        };
    }

    // One LUT a function: whoever asks again gets the same.
    private int Function(LutRole role, int[] signals, ulong table)
    {
        table = TruthTable.Widen(table, signals.Length);
        var key = new FunctionKey(table, signals);
        if (!_functions.TryGetValue(key, out int literal))
        {
            int level = signals.Max(signal => _levels[signal]) + (role == LutRole.Gate ? 0 : 1);
            int output = NewSignal(level);

            // Of the mapper's single functions O6 is used; with fewer than six inputs its table is the upper half.
            Add(new LutCell(Layer, role, signals, table, output, -1));
            literal = Literal.Of(output);
            _functions.Add(key, literal);
        }

        return literal;
    }

    private static bool IsTrivial(ulong table, int inputs) =>
        Enumerable.Range(0, inputs).Count(input => TruthTable.DependsOn(table, input)) < 2;

    private sealed class FunctionKey : IEquatable<FunctionKey>
    {
        private readonly ulong _table;
        private readonly EquatableArray<int> _signals;

        public FunctionKey(ulong table, EquatableArray<int> signals)
        {
            _table = table;
            _signals = signals;
        }

        public bool Equals(FunctionKey? other) => other is not null && _table == other._table && _signals == other._signals;

        public override bool Equals(object? obj) => Equals(obj as FunctionKey);

        public override int GetHashCode() => unchecked((_signals.GetHashCode() * 31) + _table.GetHashCode());
    }
}

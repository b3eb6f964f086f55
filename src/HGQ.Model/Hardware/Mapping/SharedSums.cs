using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Sharing;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>The operands of a layer's sums: its words, and the shared sums, each made when it is first read.</summary>
internal sealed class SharedSums
{
    // Carries of a shared sum have these columns above its bits to go to.
    private const int Margin = 6;
    private readonly NetlistDraft _draft;
    private readonly SumSharing _sharing;
    private readonly CarrySaveWord?[] _made;
    private readonly int[] _uses;
    private readonly int _words;
    private readonly int _sums;
    private readonly SharingOptions _options;

    public SharedSums(NetlistDraft draft, SumSharing sharing, List<CarrySaveWord> words, SharingOptions options)
    {
        _draft = draft;
        _sharing = sharing;
        _words = words.Count;
        _options = options;
        int shared = sharing.Rows.Count - sharing.FirstRows;
        _sums = sharing.FirstRows;
        _made = words.Concat(new CarrySaveWord?[shared]).ToArray();
        _uses = new int[_made.Length];
        foreach (var term in sharing.Rows.SelectMany(row => row))
        {
            _uses[term.Operand]++;
        }
    }

    /// <summary>An operand.</summary>
    public CarrySaveWord this[int operand] => _made[operand] ??= Make(operand);

    private CarrySaveWord Make(int operand)
    {
        var part = _sharing.Rows[_sums + operand - _words];
        int columns = part.Max(term => term.Shift + this[term.Operand].Columns.Length) + Margin;
        var heap = new BitHeap(columns, 0);
        foreach (var term in part)
        {
            this[term.Operand].AddTo(heap, term.Shift, term.Negative == 1);
        }

        var constant = heap.TakeConstant();
        var bits = new HeapBuilder(_draft, heap, _options.Windows).Compress((float)(1 / (Math.Max(2, _uses[operand]) * _options.BitValue)));
        int width = columns;
        while (width > 0 && bits[width - 1].Count == 0)
        {
            width--;
        }

        return new CarrySaveWord(bits.Take(width).ToArray(), constant);
    }
}

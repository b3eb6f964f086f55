using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Finds the elements that must be computed, backwards from the results.</summary>
internal sealed class Liveness
{
    private readonly ProgramDraft _draft;
    private readonly bool[][] _kept;

    private Liveness(ProgramDraft draft)
    {
        _draft = draft;
        _kept = draft.Buffers.Select(buffer => new bool[buffer.Length]).ToArray();
    }

    /// <summary>Per buffer and element: whether it is computed.</summary>
    public static bool[][] Of(ProgramDraft draft)
    {
        var liveness = new Liveness(draft);
        var classes = new BufferClasses(draft);
        var readers = draft.Readers();
        do
        {
            liveness.Propagate(readers);
        }
        while (classes.Close(liveness._kept));
        return liveness._kept;
    }

    private void Propagate(List<Instruction?>[] readers)
    {
        foreach (var output in _draft.Outputs)
        {
            for (var e = 0; e < _kept[output.Buffer].Length; e++)
            {
                _kept[output.Buffer][e] = true;
            }
        }

        for (int n = _draft.Instructions.Count - 1; n >= 0; n--)
        {
            switch (_draft.Instructions[n])
            {
                case GatherInstruction gather:
                    Mark(gather);
                    break;
                case ConstantProductInstruction product:
                    Mark(product);
                    break;
                case ReduceInstruction reduce:
                    Mark(reduce);
                    break;
                case ProductInstruction product when _kept[product.Destination].Any(k => k):
                    MarkAll(product.Left);
                    MarkAll(product.Right);
                    break;
                case QuantizeInputInstruction or AddInstruction or ProductInstruction or RequantizeInstruction or ClampInstruction
                    or TableLookupInstruction:
                    // Element by element: sources keep what the results keep (BufferClasses).
                    break;
                default:
                    throw new InvalidOperationException($"There is no instruction {_draft.Instructions[n].GetType().Name}.");
            }
        }
    }

    private void MarkAll(int buffer)
    {
        for (var e = 0; e < _kept[buffer].Length; e++)
        {
            _kept[buffer][e] = true;
        }
    }

    private void Mark(GatherInstruction gather)
    {
        var kept = _kept[gather.Destination];
        for (var e = 0; e < kept.Length; e++)
        {
            if (kept[e] && gather.SourceOf[e] >= 0)
            {
                int source = gather.Sources[gather.SourceOf[e]], index = gather.IndexOf[e];
                _kept[source][index] |= !_draft.Buffers[source].IsConstant(index);
            }
        }
    }

    private void Mark(ReduceInstruction reduce)
    {
        for (var n = 0; n < reduce.Indices.Length; n++)
        {
            _kept[reduce.Source][reduce.Indices[n]] |= _kept[reduce.Destination][n / reduce.Terms];
        }
    }

    private void Mark(ConstantProductInstruction product)
    {
        int outputs = product.Groups * product.Outputs;
        var live = new bool[outputs];
        var kept = _kept[product.Destination];
        for (var e = 0; e < kept.Length; e++)
        {
            live[e % outputs] |= kept[e];
        }

        for (var gt = 0; gt < product.TapOffsets.Length; gt++)
        {
            if (Reads(product, gt, live))
            {
                foreach (int offset in product.PositionOffsets)
                {
                    _kept[product.Source][offset + product.TapOffsets[gt]] = true;
                }
            }
        }
    }

    private static bool Reads(ConstantProductInstruction product, int gt, bool[] live)
    {
        int group = gt / product.Taps;
        for (var o = 0; o < product.Outputs; o++)
        {
            if (live[(group * product.Outputs) + o] && product.Weights[(gt * product.Outputs) + o] != 0)
            {
                return true;
            }
        }

        return false;
    }
}

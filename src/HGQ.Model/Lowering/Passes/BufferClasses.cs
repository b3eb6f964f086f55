using System;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Buffers that must keep the same elements because element-wise instructions join them, with what their readers and writers
/// demand: all elements, or whole channels (elements equal modulo a period).
/// </summary>
internal sealed class BufferClasses
{
    private readonly int[] _parent;
    private readonly int[] _period;
    private readonly bool[] _full;

    public BufferClasses(ProgramDraft draft)
    {
        _parent = Enumerable.Range(0, draft.Buffers.Count).ToArray();
        _period = new int[_parent.Length];
        _full = new bool[_parent.Length];
        foreach (var instruction in draft.Instructions)
        {
            Join(instruction);
        }

        foreach (var instruction in draft.Instructions)
        {
            Demand(instruction);
        }

        foreach (var output in draft.Outputs)
        {
            _full[Root(output.Buffer)] = true;
        }
    }

    /// <summary>Widens what is kept until every demand is met; answers whether anything changed.</summary>
    public bool Close(bool[][] kept)
    {
        var changed = false;
        for (var b = 0; b < kept.Length; b++)
        {
            int root = Root(b);
            changed |= root != b && Merge(kept[b], kept[root]);
        }

        for (var b = 0; b < kept.Length; b++)
        {
            if (Root(b) == b)
            {
                changed |= CloseClass(b, kept[b]);
            }
        }

        for (var b = 0; b < kept.Length; b++)
        {
            int root = Root(b);
            changed |= root != b && Merge(kept[root], kept[b]);
        }

        return changed;
    }

    private static bool Merge(bool[] from, bool[] to)
    {
        var changed = false;
        for (var e = 0; e < to.Length; e++)
        {
            changed |= from[e] && !to[e];
            to[e] |= from[e];
        }

        return changed;
    }

    private bool CloseClass(int root, bool[] kept)
    {
        bool any = kept.Any(k => k), changed = false;
        if (_full[root] && (any || kept.Length > 0))
        {
            changed = kept.Any(k => !k);
            for (var e = 0; e < kept.Length; e++)
            {
                kept[e] = true;
            }

            return changed;
        }

        int period = _period[root];
        if (period == 0 || !any)
        {
            return false;
        }

        var residues = new bool[period];
        for (var e = 0; e < kept.Length; e++)
        {
            residues[e % period] |= kept[e];
        }

        for (var e = 0; e < kept.Length; e++)
        {
            changed |= residues[e % period] && !kept[e];
            kept[e] |= residues[e % period];
        }

        return changed;
    }

    private void Join(Instruction instruction)
    {
        switch (instruction)
        {
            case RequantizeInstruction or ClampInstruction or TableLookupInstruction or AddInstruction:
                foreach (int source in InstructionSources.Of(instruction))
                {
                    _parent[Root(source)] = Root(instruction.Destination);
                }

                break;
            case QuantizeInputInstruction or GatherInstruction or ConstantProductInstruction or ProductInstruction or ReduceInstruction:
                // Elements of the results are not those of the sources.
                break;
            default:
                throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}.");
        }
    }

    private void Demand(Instruction instruction)
    {
        switch (instruction)
        {
            case QuantizeInputInstruction:
                _full[Root(instruction.Destination)] = true;
                break;
            case ProductInstruction product:
                _full[Root(product.Left)] = true;
                _full[Root(product.Right)] = true;
                _full[Root(product.Destination)] = true;
                break;
            case ConstantProductInstruction product:
                Demand(product);
                break;
            case GatherInstruction or AddInstruction or RequantizeInstruction or ClampInstruction or TableLookupInstruction
                or ReduceInstruction:
                // Element by element, or by lists of indices: any elements may be left out.
                break;
            default:
                throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}.");
        }
    }

    private void Demand(ConstantProductInstruction product)
    {
        if (product.Positions > 1)
        {
            int period = product.PositionOffsets.Aggregate(0, Gcd);
            Narrow(product.Source, period);
            Narrow(product.Destination, product.Groups * product.Outputs);
        }

        if (product.Groups > 1)
        {
            _full[Root(product.Destination)] = true;
        }
    }

    private void Narrow(int buffer, int period)
    {
        int root = Root(buffer);
        _period[root] = Gcd(_period[root], Math.Max(period, 1));
    }

    private int Root(int buffer)
    {
        while (_parent[buffer] != buffer)
        {
            buffer = _parent[buffer] = _parent[_parent[buffer]];
        }

        return buffer;
    }

    private static int Gcd(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}

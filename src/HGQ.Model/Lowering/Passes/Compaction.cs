using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Rewrites the program so that buffers hold only the elements that are kept.</summary>
internal sealed class Compaction : IInstructionVisitor<Instruction>
{
    private readonly ProgramDraft _draft;
    private readonly bool[][] _kept;
    private readonly int[][] _indexOf;
    private readonly int[] _bufferOf;

    private Compaction(ProgramDraft draft, bool[][] kept)
    {
        _draft = draft;
        _kept = kept;
        _indexOf = kept.Select(Ranks).ToArray();
        _bufferOf = new int[kept.Length];
        int next = 0;
        for (var b = 0; b < kept.Length; b++)
        {
            _bufferOf[b] = kept[b].Any(k => k) ? next++ : -1;
        }
    }

    public static void Run(ProgramDraft draft, bool[][] kept)
    {
        var compaction = new Compaction(draft, kept);
        draft.Instructions = draft.Instructions
            .Where(instruction => compaction._bufferOf[instruction.Destination] >= 0)
            .Select(instruction => instruction.Accept(compaction)).ToList();
        compaction.MoveProbes();
        for (var n = 0; n < draft.Outputs.Count; n++)
        {
            draft.Outputs[n] = draft.Outputs[n] with { Buffer = compaction._bufferOf[draft.Outputs[n].Buffer] };
        }

        compaction.MoveBuffers();
    }

    public Instruction VisitQuantizeInput(QuantizeInputInstruction instruction)
        => instruction with { Destination = _bufferOf[instruction.Destination] };

    public Instruction VisitGather(GatherInstruction instruction)
    {
        var sources = new List<int>();
        var sourceOf = new List<int>();
        var indexOf = new List<int>();
        var constants = new List<long>();
        for (var e = 0; e < _kept[instruction.Destination].Length; e++)
        {
            if (!_kept[instruction.Destination][e])
            {
                continue;
            }

            int source = instruction.SourceOf[e] < 0 ? -1 : instruction.Sources[instruction.SourceOf[e]];
            int index = source < 0 ? -1 : _indexOf[source][instruction.IndexOf[e]];
            bool constant = index < 0;
            constants.Add(!constant ? 0 : source < 0
                ? instruction.Constants[e]
                : DeadElementPass.ConstantOf(_draft.Buffers[source], instruction.IndexOf[e]));
            if (!constant && !sources.Contains(_bufferOf[source]))
            {
                sources.Add(_bufferOf[source]);
            }

            sourceOf.Add(constant ? -1 : sources.IndexOf(_bufferOf[source]));
            indexOf.Add(constant ? 0 : index);
        }

        return new GatherInstruction(
            instruction.Layer,
            sources.ToArray(),
            _bufferOf[instruction.Destination],
            sourceOf.ToArray(),
            indexOf.ToArray(),
            sourceOf.Contains(-1) ? constants.ToArray() : Array.Empty<long>());
    }

    public Instruction VisitConstantProduct(ConstantProductInstruction instruction)
        => ProductCompaction.Run(instruction, _kept[instruction.Destination], _indexOf[instruction.Source]) with
        {
            Source = Math.Max(_bufferOf[instruction.Source], 0),
            Destination = _bufferOf[instruction.Destination],
        };

    public Instruction VisitAdd(AddInstruction instruction) => instruction with
    {
        Destination = _bufferOf[instruction.Destination],
        Operands = instruction.Operands.Select(operand => operand with
        {
            Buffer = _bufferOf[operand.Buffer],
            Shifts = Kept(operand.Shifts, instruction.Destination),
        }).ToArray(),
    };

    public Instruction VisitProduct(ProductInstruction instruction) => instruction with
    {
        Left = _bufferOf[instruction.Left],
        Right = _bufferOf[instruction.Right],
        Destination = _bufferOf[instruction.Destination],
    };

    public Instruction VisitRequantize(RequantizeInstruction instruction) => instruction with
    {
        Source = _bufferOf[instruction.Source],
        Destination = _bufferOf[instruction.Destination],
        Shifts = Kept(instruction.Shifts, instruction.Destination),
        Roundings = Kept(instruction.Roundings, instruction.Destination),
        Overflows = Kept(instruction.Overflows, instruction.Destination),
    };

    public Instruction VisitClamp(ClampInstruction instruction) => instruction with
    {
        Source = _bufferOf[instruction.Source],
        Destination = _bufferOf[instruction.Destination],
        Low = Kept(instruction.Low, instruction.Destination),
        High = Kept(instruction.High, instruction.Destination),
    };

    public Instruction VisitTableLookup(TableLookupInstruction instruction) => instruction with
    {
        Source = _bufferOf[instruction.Source],
        Destination = _bufferOf[instruction.Destination],
        TableOf = Kept(instruction.TableOf, instruction.Destination),
    };

    public Instruction VisitReduce(ReduceInstruction instruction)
    {
        var indices = new List<int>();
        for (var n = 0; n < instruction.Indices.Length; n++)
        {
            if (_kept[instruction.Destination][n / instruction.Terms])
            {
                indices.Add(_indexOf[instruction.Source][instruction.Indices[n]]);
            }
        }

        return instruction with
        {
            Source = _bufferOf[instruction.Source],
            Destination = _bufferOf[instruction.Destination],
            Indices = indices.ToArray(),
        };
    }

    private static int[] Ranks(bool[] kept)
    {
        var ranks = new int[kept.Length];
        int next = 0;
        for (var e = 0; e < kept.Length; e++)
        {
            ranks[e] = kept[e] ? next++ : -1;
        }

        return ranks;
    }

    private T[] Kept<T>(IEnumerable<T> values, int buffer) => values.Where((_, e) => _kept[buffer][e]).ToArray();

    private void MoveProbes()
    {
        for (var n = 0; n < _draft.Probes.Count; n++)
        {
            var probe = _draft.Probes[n];
            var buffer = _draft.Buffers[probe.Buffer];
            var indices = probe.Indices.ToArray();
            var constants = probe.Constants.ToArray();
            for (var e = 0; e < indices.Length; e++)
            {
                bool constant = buffer.IsConstant(indices[e]);
                int index = _indexOf[probe.Buffer][indices[e]];
                constants[e] = constant ? DeadElementPass.ConstantOf(buffer, indices[e]) : 0;
                indices[e] = constant ? LayerProbe.Constant : index < 0 ? LayerProbe.Dead : index;
            }

            _draft.Probes[n] = probe with { Buffer = _bufferOf[probe.Buffer], Indices = indices, Constants = constants };
        }
    }

    private void MoveBuffers()
    {
        var buffers = new List<DraftBuffer>();
        for (var b = 0; b < _kept.Length; b++)
        {
            if (_bufferOf[b] >= 0)
            {
                var buffer = _draft.Buffers[b];
                buffer.Formats = Kept(buffer.Formats, b);
                buffer.Intervals = Kept(buffer.Intervals, b);
                buffers.Add(buffer);
            }
        }

        _draft.Buffers.Clear();
        _draft.Buffers.AddRange(buffers);
    }
}

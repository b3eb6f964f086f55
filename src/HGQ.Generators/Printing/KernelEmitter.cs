using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Printing.Elementwise;
using HGQ.Generators.Printing.Products;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing;

/// <summary>Writes the methods of one kernel and the method that calls them in order.</summary>
internal sealed class KernelEmitter : IInstructionVisitor<bool>
{
    private readonly Kernel _kernel;
    private readonly KernelPlan _plan;
    private readonly ProgramStep[] _steps;
    private readonly string[] _names;
    private readonly List<int> _ends = new();
    private int _number;
    private ProgramStep _step = null!;

    /// <summary>Writes a kernel.</summary>
    /// <param name="kernel">Where it is written.</param>
    /// <param name="plan">Its strategies.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="names">Names of the steps' methods.</param>
    public KernelEmitter(Kernel kernel, KernelPlan plan, ProgramStep[] steps, string[] names)
    {
        _names = names;
        _kernel = kernel;
        _plan = plan;
        _steps = steps;
    }

    private string Method => _names[_number];

    /// <summary>Writes the whole kernel; its entry is <c>Run_</c> and the shape's suffix.</summary>
    public void Emit()
    {
        foreach (var step in _steps)
        {
            _step = step;
            step.Instruction.Accept(this);
            _ends.Add(_kernel.Calls.Count);
            _number++;
        }

        EmitRun(_kernel.Shape.Suffix, 0);
        foreach (int blocks in _kernel.Groups)
        {
            EmitGroup(blocks);
        }

        if (!_kernel.Shape.IsVector)
        {
            foreach (var variant in KernelShape.Variants)
            {
                EmitRun(KernelShape.Single.Suffix + variant.Suffix, variant.VectorBits);
            }
        }
    }

    private void EmitRun(string name, int vectorBits)
    {
        var writer = _kernel.Writer;
        writer.Line();
        writer.Open($"private static void Run_{name}(ref byte scratch)");
        _kernel.DeclareMultiples();
        foreach (string call in _kernel.Calls)
        {
            writer.Line(_kernel.Call(_kernel.Variant(call, vectorBits), "ref scratch"));
        }

        writer.Close();
    }

    // Step by step: the methods of several blocks, or those of one block, all of a step for each block.
    private void EmitGroup(int blocks)
    {
        var writer = _kernel.Writer;
        writer.Line();
        writer.Open($"private static void Run_{_kernel.Shape.Suffix}x{Literal.Of(blocks)}(ref byte scratch)");
        _kernel.DeclareMultiples();
        var first = 0;
        foreach (int end in _ends)
        {
            string[] calls = _kernel.Calls.Skip(first).Take(end - first).ToArray();
            first = end;
            if (Array.TrueForAll(calls, call => _kernel.Group(call, blocks) is not null))
            {
                Array.ForEach(calls, call => writer.Line($"{_kernel.Group(call, blocks)}(ref scratch);"));
                continue;
            }

            for (var block = 0; block < blocks; block++)
            {
                int offset = block * _kernel.Storage.BytesOf(_kernel.Shape);
                string scratch = offset == 0 ? "ref scratch" : $"ref Unsafe.Add(ref scratch, {Literal.Of(offset)})";
                Array.ForEach(calls, call => writer.Line(_kernel.Call(call, scratch)));
            }
        }

        writer.Close();
    }

    public bool VisitQuantizeInput(QuantizeInputInstruction instruction)
        => throw new InvalidOperationException("input ports are read before the kernel runs");

    public bool VisitGather(GatherInstruction instruction)
    {
        GatherEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitConstantProduct(ConstantProductInstruction instruction)
    {
        ProductPrinter.Emit(_kernel, Method, _plan.Of(_step));
        if (_plan.SampleOf(_step) is { } sample)
        {
            ProductPrinter.EmitSample(_kernel, Method, sample, _plan.Bytes);
        }

        return true;
    }

    public bool VisitAdd(AddInstruction instruction)
    {
        AddEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitProduct(ProductInstruction instruction)
    {
        ProductEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitRequantize(RequantizeInstruction instruction)
    {
        RequantizeEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitClamp(ClampInstruction instruction)
    {
        RequantizeEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitTableLookup(TableLookupInstruction instruction)
    {
        TableLookupEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitReduce(ReduceInstruction instruction)
    {
        ReduceEmitter.Emit(_kernel, Method, instruction);
        return true;
    }
}

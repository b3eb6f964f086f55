using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes the methods of one kernel and the method that calls them in order.</summary>
internal sealed class KernelEmitter : IInstructionVisitor<bool>
{
    private const int FewestTermsOfGroups = 1_000;
    private readonly Kernel _kernel;
    private readonly ProgramStep[] _steps;
    private readonly string[] _names;
    private readonly HashSet<ProgramStep> _bytes;
    private readonly ByteBuffers _buffers;
    private readonly ProductForms _forms;
    private readonly List<int> _ends = new();
    private int _number;
    private ProgramStep _step = null!;

    /// <summary>Plans a kernel.</summary>
    /// <param name="kernel">Where it is written.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="names">Names of the steps' methods.</param>
    public KernelEmitter(Kernel kernel, ProgramStep[] steps, string[] names)
    {
        _names = names;
        _kernel = kernel;
        _steps = steps;
        _bytes = new HashSet<ProgramStep>((kernel.Shape.IsVector ? Array.Empty<ProgramStep>() : steps).Where(step => step.Instruction is ConstantProductInstruction
            && ConstantProductPlan.Of(kernel, step) is var plan
            && !QuadProduct.Pays(kernel.Program, plan)
            && ByteProduct.Fits(kernel, plan)));
        _buffers = new ByteBuffers(kernel.Program, steps, _bytes);
        _forms = new ProductForms(kernel, steps);
    }

    /// <summary>Whether the kernel for one sample has a form with vectors for every step.</summary>
    public bool IsVectorised => _bytes.Count == _steps.Length;

    /// <summary>
    /// Whether several blocks at once are faster: where large products do most of the work, whose weights are then read once, and where
    /// straight-line code does all of it and would not stay in the first-level cache from one block to the next.
    /// </summary>
    public bool TakesGroups
    {
        get
        {
            var plans = _steps.Where(step => step.Instruction is ConstantProductInstruction).Select(step => ConstantProductPlan.Of(_kernel, step)).ToArray();
            long large = plans.Where(plan => _forms[plan.Destination] is ProductForm.Packed or ProductForm.Tiled or ProductForm.Lookup).Sum(Terms), all = plans.Sum(Terms);
            return 2 * large > all || (all > FewestTermsOfGroups && plans.All(plan => plan.Product.Positions == 1));
        }
    }

    /// <summary>Buffers of input ports that only packed products of this kernel read, each by its number.</summary>
    public Dictionary<int, PackedInput> PackedInputs()
    {
        var found = new Dictionary<int, PackedInput>();
        var program = _kernel.Program;
        foreach (int buffer in program.CodePorts.Select(port => port.Destination))
        {
            var readers = _steps.Where(step => InstructionSources.Of(step.Instruction).Contains(buffer)).ToArray();
            if (readers.Length == 1
                && program.Outputs.All(output => output.Buffer != buffer)
                && program.CodePorts.Count(port => port.Destination == buffer) == 1
                && _kernel.Storage.TypeOf(buffer) == LaneType.Int16
                && readers[0].Instruction is ConstantProductInstruction
                && ConstantProductPlan.Of(_kernel, readers[0]) is var plan
                && Packed(plan) is { Pairs.AreNeighbours: false } pairs)
            {
                found.Add(buffer, new PackedInput(plan.Destination, pairs, _kernel.Shape.Lanes));
            }
        }

        return found;
    }

    /// <summary>Inputs whose bits products of this kernel look up, each by the number of its buffer.</summary>
    public Dictionary<int, BitInput> BitInputs() => _steps
        .Where(step => step.Instruction is ConstantProductInstruction && _forms[step.Destination] == ProductForm.Lookup)
        .Select(step => (ConstantProductInstruction)step.Instruction)
        .ToDictionary(product => product.Source, product => BitInput.Of(_kernel.Program, product)!);

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
            EmitRun("Single256", 256);
            EmitRun("Single512", 512);
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

    private static long Terms(ConstantProductPlan plan) => (long)plan.Product.Positions * plan.CountTerms();

    private PackedPairs? Packed(ConstantProductPlan plan) => _forms[plan.Destination] == ProductForm.Packed ? PackedPairs.Of(_kernel, plan) : null;

    public bool VisitQuantizeInput(QuantizeInputInstruction instruction)
        => throw new InvalidOperationException("input ports are read before the kernel runs");

    public bool VisitGather(GatherInstruction instruction)
    {
        GatherEmitter.Emit(_kernel, Method, instruction);
        return true;
    }

    public bool VisitConstantProduct(ConstantProductInstruction instruction)
    {
        var plan = ConstantProductPlan.Of(_kernel, _step);
        switch (_forms[plan.Destination])
        {
            case ProductForm.Packed:
                PackedProduct.Emit(_kernel, Method, plan, Packed(plan)!);
                break;
            case ProductForm.Lookup:
                LookupProduct.Emit(_kernel, Method, plan);
                break;
            case ProductForm.Tiled:
                TiledProduct.Emit(_kernel, Method, plan);
                break;
            case ProductForm.StraightLine:
                StraightLineProduct.Emit(_kernel, Method, plan);
                break;
            case ProductForm.Loop:
                ConstantProductEmitter.Emit(_kernel, Method, plan);
                break;
            default:
                throw new InvalidOperationException($"There is no form {_forms[plan.Destination]}.");
        }

        if (_bytes.Contains(_step))
        {
            ByteProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[1], _buffers);
            ByteProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[2], _buffers);
        }
        else if (!_kernel.Shape.IsVector && QuadProduct.Pays(_kernel.Program, plan))
        {
            QuadProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[1]);
            QuadProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[2]);
        }
        else if (!_kernel.Shape.IsVector && PairProduct.Fits(_kernel, plan))
        {
            PairProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[1]);
            PairProduct.Emit(_kernel, Method, plan, KernelShape.Blocks[2]);
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

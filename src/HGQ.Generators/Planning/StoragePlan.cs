using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Printing.Products;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning;

/// <summary>Where each buffer lies in the scratch memory; buffers that are never alive together share it.</summary>
/// <remarks>Offsets are bytes for one lane: a kernel with L lanes multiplies them by L. Rows of a block stay aligned to vectors.</remarks>
internal sealed class StoragePlan
{
    // 64 bytes a lane let vector code read and write a whole vector at the end of a buffer of one sample.
    private const int Granularity = 64;

    // Blocks that lie behind each other begin at different places of a page, so that their rows don't meet in the same sets of the
    // cache; vectors of any width stay aligned.
    private const int Skew = 10;

    /// <summary>Results that are staged at once: 4 KiB of a block of 32 samples.</summary>
    public const int TileOfResults = 64;

    private readonly int[] _offsets;
    private readonly BufferTypes _types;
    private readonly Dictionary<int, int> _packed = new();
    private readonly Dictionary<int, int> _sums = new();
    private readonly Dictionary<int, int> _indices = new();

    /// <summary>Places buffers, and what products need besides them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="types">Types of the buffers.</param>
    /// <param name="needs">What the chosen strategies of a product need, all kernels together.</param>
    public StoragePlan(
        IntegerProgram program, ProgramStep[] steps, BufferTypes types, IReadOnlyDictionary<ProgramStep, ProductMemory> needs)
    {
        _types = types;
        _offsets = new int[program.Buffers.Length];
        var lifetimes = Lifetimes(program, steps);
        var overrun = new HashSet<int>(steps.Where(WritesPastItsEnd).Select(step => step.Destination));
        var placed = new List<Span>();
        int Place(int size, int first, int last)
        {
            var others = placed.Where(other => other.First <= last && first <= other.Last).OrderBy(other => other.Offset);
            var offset = 0;
            foreach (var other in others)
            {
                if (offset + size <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, other.Offset + other.Size);
            }

            placed.Add(new Span(offset, size, first, last));
            BytesPerLane = Math.Max(BytesPerLane, offset + size);
            return offset;
        }

        foreach (var (buffer, first, last) in lifetimes)
        {
            int length = first < 0 ? Stride(program.Buffers[buffer].Length) : program.Buffers[buffer].Length;
            int size = RoundUp(length * _types[buffer].Bytes) + (overrun.Contains(buffer) ? Granularity : 0);
            _offsets[buffer] = Place(size, first, last);
        }

        for (var n = 0; n < steps.Length; n++)
        {
            if (needs.TryGetValue(steps[n], out var need))
            {
                PlaceProduct(program, steps[n], need, n, Place);
            }
        }

        StagingBytesPerLane = RoundUp(program.CodePorts
            .Select(port => StagedBytes(program, port))
            .DefaultIfEmpty(0)
            .Max() + 1);
        int bytes = needs.Values.Select(need => need.Bytes).DefaultIfEmpty(0).Max();
        int multiples = needs.Values.Select(need => need.Multiples).DefaultIfEmpty(0).Max();
        SingleBytes = BytesPerLane + RoundUp(Math.Max(bytes, 1));
        int results = program.Outputs.Select(output => StagedResults(program.Buffers[output.Buffer].Length)).DefaultIfEmpty(0).Max();
        StagingBytesPerLane = Math.Max(StagingBytesPerLane, RoundUp(Math.Max(multiples, results * LaneType.Int16.Bytes))) + Skew;
    }

    /// <summary>Scratch memory of the buffers for one lane.</summary>
    public int BytesPerLane { get; private set; } = Granularity;

    /// <summary>
    /// Memory behind the buffers, for one lane: samples before and results after they are transposed, multiples of sources in between.
    /// </summary>
    public int StagingBytesPerLane { get; }

    /// <summary>Scratch memory for one sample: the buffers, and a source packed as bytes (<see cref="ByteStaging"/>).</summary>
    public int SingleBytes { get; }

    /// <summary>Elements of a staged row: inputs are transposed eight by eight.</summary>
    public static int Stride(int length) => (length + 7) / 8 * 8;

    public LaneType TypeOf(int buffer) => _types[buffer];

    /// <summary>Where the source of the product that leads to a buffer may be packed, a byte an element.</summary>
    public int PackedOffset(int destination) => _packed[destination];

    /// <summary>Where the sums of the parts of a packed product, or of the tiles of another, wait: 32 bits for each result.</summary>
    public int SumsOffset(int destination) => _sums[destination];

    /// <summary>
    /// Where the indices of the samples of two blocks lie, if the source of the product that leads to a buffer is read bit by bit.
    /// </summary>
    public int? IndicesOffset(int destination) => _indices.TryGetValue(destination, out int offset) ? offset : null;

    /// <summary>Scratch memory of a block.</summary>
    public int BytesOf(KernelShape shape) => (BytesPerLane + StagingBytesPerLane) * shape.Lanes;

    public int OffsetOf(int buffer) => _offsets[buffer];

    // What the chosen strategies of a product need besides its source and its results. Samples of an input are packed while they are read.
    private void PlaceProduct(
        IntegerProgram program, ProgramStep step, ProductMemory need, int number, Func<int, int, int, int> place)
    {
        var product = (ConstantProductInstruction)step.Instruction;
        if (need.Packed > 0)
        {
            int first = program.CodePorts.Any(port => port.Destination == product.Source) ? -1 : number;
            _packed[step.Destination] = place(RoundUp(need.Packed), first, number);
        }

        if (need.Indices > 0)
        {
            _indices[step.Destination] = place(RoundUp(need.Indices), number, number);
        }

        if (need.Sums > 0)
        {
            _sums[step.Destination] = place(RoundUp(need.Sums), number, number);
        }
    }

    /// <summary>Staged elements of a buffer of results: those of a tile.</summary>
    public static int StagedResults(int length) => Math.Min(Stride(length), TileOfResults);

    // Rows of samples, and the elements of a tile.
    private int StagedBytes(IntegerProgram program, QuantizeInputInstruction port)
    {
        int elements = Stride(ElementTiles.Of(program.Buffers[port.Destination].Length).Size) * _types[port.Destination].Bytes;
        return elements + (ByteRows.Holding(program, port)?.Stride ?? elements);
    }

    // Whole vectors of results are stored at each position, the last one too (WordPairSample).
    private static bool WritesPastItsEnd(ProgramStep step) => step.Instruction is ConstantProductInstruction { Positions: > 1 };

    private static int RoundUp(int bytes) => (bytes + Granularity - 1) / Granularity * Granularity;

    // A buffer is alive from the step that writes it to the last that reads it; a step's results never overwrite its sources.
    private static List<(int Buffer, int First, int Last)> Lifetimes(IntegerProgram program, ProgramStep[] steps)
    {
        var first = new int[program.Buffers.Length];
        var last = new int[program.Buffers.Length];
        var used = program.CodePorts.Select(port => port.Destination).Concat(steps.Select(step => step.Destination)).ToArray();
        foreach (var port in program.CodePorts)
        {
            first[port.Destination] = -1;
        }

        for (var n = 0; n < steps.Length; n++)
        {
            first[steps[n].Destination] = last[steps[n].Destination] = n;
            foreach (int source in InstructionSources.Of(steps[n].Instruction))
            {
                last[source] = n;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Buffer] = steps.Length;
        }

        return used.Distinct().Select(buffer => (buffer, first[buffer], last[buffer])).ToList();
    }

    private sealed record Span(int Offset, int Size, int First, int Last);
}

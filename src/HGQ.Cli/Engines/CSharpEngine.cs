using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Cli.Engines;

/// <summary>
/// The generated C#, compiled in memory. Blocks of samples go through the batch entry points and kernels of every vector width; a choice of them
/// (<see cref="ChooseSingles"/>) through those for one sample too.
/// </summary>
/// <param name="program">What is generated and compiled.</param>
/// <param name="resultsOnly">Whether results are all that is wanted: no entry point but that of batches runs.</param>
/// <param name="model">The generated class where it is compiled already.</param>
internal sealed class CSharpEngine(IntegerProgram program, bool resultsOnly, GeneratedModel? model = null) : IInferenceEngine
{
    private const int FirstRows = 1000;
    private const int RowStep = 16;

    // Samples that go through the kernels of every width: all where it takes a second at most, else one in so many.
    private const int LargestWidthStep = 8;
    private const long Products = 300_000_000;


    private GeneratedModel? _model = model;
    private int _rows;

    /// <inheritdoc/>
    public string Name => "csharp";

    /// <inheritdoc/>
    public void Prepare() => _model ??= GeneratedModel.Compile(program);

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        GeneratedModel prepared = _model ?? throw new InvalidOperationException("The engine is not prepared.");
        return prepared.CodesAre32Bits
            ? Run(prepared, vectors, Array.ConvertAll(vectors.Codes, static code => checked((int)code)), static raw => Array.ConvertAll(raw, static r => (long)r))
            : Run(prepared, vectors, vectors.Codes, static raw => raw);
    }

    /// <inheritdoc/>
    public void Dispose() => _model?.Dispose();

    /// <summary>The samples of the next block that also go through the entry points for one: all corners, the first 1,000 rows of data, then every 16th.</summary>
    /// <param name="vectors">The block.</param>
    internal int[] ChooseSingles(VerificationVectors vectors)
    {
        if (vectors.AreCorners)
        {
            return [.. Enumerable.Range(0, vectors.Count)];
        }

        int before = _rows;
        _rows += vectors.Count;
        return [.. Enumerable.Range(0, vectors.Count).Where(n => before + n < FirstRows || (before + n) % RowStep == 0)];
    }

    private EngineResults Run<T>(GeneratedModel generated, VerificationVectors vectors, T[] codes, Converter<T[], long[]> widen)
        where T : struct
    {
        if (resultsOnly)
        {
            return new EngineResults(widen(generated.PredictBatch(codes, vectors.Count)));
        }

        int[] singles = ChooseSingles(vectors);
        var entryPoints = new List<EntryPointResults>();
        foreach (int lanes in GeneratedModel.BlockSizes)
        {
            entryPoints.Add(new(FormattableString.Invariant($"PredictBatch{lanes}"), widen(generated.PredictBlocks(codes, vectors.Count, lanes))));
        }

        entryPoints.Add(new("PredictRaw", widen(generated.Each("PredictRaw", codes, program.InputCodeSize, singles))) { Samples = singles });
        int step = WidthStep(singles.Length);
        int[] some = [.. singles.Where((_, n) => n % step == 0)];
        foreach (int bits in GeneratedModel.SingleWidths)
        {
            long[] raw = widen(generated.Each("PredictRaw", codes, program.InputCodeSize, some, bits));
            entryPoints.Add(new(FormattableString.Invariant($"PredictRaw{bits}"), raw) { Samples = some });
        }

        if (vectors.Inputs is { } inputs)
        {
            entryPoints.Add(new("PredictBatch(reals)", generated.PredictBatch(inputs, vectors.Count)));
            entryPoints.Add(new("Predict", generated.Each("Predict", inputs, program.InputSize, singles)) { Samples = singles });
        }

        return new EngineResults(widen(generated.PredictBatch(codes, vectors.Count))) { EntryPoints = entryPoints };
    }

    // Without vectors a sample takes ten times as long.
    private int WidthStep(int samples)
    {
        long products = program.Instructions.Sum(instruction => program.Buffers[instruction.Destination].Length * (instruction switch
        {
            ConstantProductInstruction product => (long)product.Taps,
            ProductInstruction product => product.Inner,
            QuantizeInputInstruction or GatherInstruction or AddInstruction or RequantizeInstruction or ClampInstruction
                or TableLookupInstruction or ReduceInstruction => 1,
            _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
        }));
        return (int)Math.Clamp(products * samples / Products, 1, LargestWidthStep);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Runs the same samples through several engines and compares every integer: equal, not close.</summary>
public sealed class EngineComparison
{
    private readonly IntegerProgram _program;
    private readonly FixedPointFormat[] _formats;
    private readonly EngineTally[] _tallies;
    private EngineDifference? _first;
    private int _samples;

    private EngineComparison(IntegerProgram program, IReadOnlyList<IInferenceEngine> engines)
    {
        _program = program;
        _formats = program.Outputs.SelectMany(output => program.Buffers[output.Buffer].Formats).ToArray();
        _tallies = engines.Select(engine => new EngineTally(engine)).ToArray();
    }

    /// <summary>Compares engines, block by block.</summary>
    /// <param name="program">The program they all compute.</param>
    /// <param name="engines">The engines; the first one is the reference and must run.</param>
    /// <param name="blocks">The samples.</param>
    /// <param name="progress">Called after each block with the number of samples so far; may be null.</param>
    public static ComparisonReport Run(
        IntegerProgram program,
        IReadOnlyList<IInferenceEngine> engines,
        IEnumerable<VerificationVectors> blocks,
        Action<int>? progress = null)
    {
        var comparison = new EngineComparison(program, engines);
        foreach (var tally in comparison._tallies)
        {
            tally.Prepare();
        }

        foreach (var block in blocks)
        {
            comparison.Add(block);
            progress?.Invoke(comparison._samples);
        }

        return new ComparisonReport(comparison._tallies.Select(tally => tally.ToReport()).ToArray(), comparison._first);
    }

    private void Add(VerificationVectors block)
    {
        var results = _tallies.Select(tally => tally.Run(block)).ToArray();
        long[] reference = results[0]?.Raw ?? throw new InvalidOperationException($"The reference engine {_tallies[0].Name} did not run.");
        for (var n = 0; n < results.Length; n++)
        {
            if (results[n] is { } found)
            {
                Compare(_tallies[n], found, reference, block, results);
            }
        }

        _samples += block.Count;
    }

    private void Compare(EngineTally tally, EngineResults found, long[] reference, VerificationVectors block, EngineResults?[] all)
    {
        if (found.Raw.Length != reference.Length)
        {
            throw new InvalidOperationException($"{tally.Name} gave {found.Raw.Length} results, the reference {reference.Length}.");
        }

        tally.Samples += block.Count;
        tally.Elements += reference.Length;
        bool[] differs = Differing(found, reference);
        for (var i = 0; i < reference.Length; i++)
        {
            if (differs[i])
            {
                tally.Mismatches++;
                _first ??= Describe(block, i, all);
            }
        }
    }

    // Elements in which the engine, by any of its entry points, says something else.
    private bool[] Differing(EngineResults found, long[] reference)
    {
        var differs = new bool[reference.Length];
        for (var i = 0; i < reference.Length; i++)
        {
            differs[i] = found.Raw[i] != reference[i];
        }

        foreach (var entry in found.EntryPoints)
        {
            int expected = (entry.Samples?.Length * _formats.Length) ?? reference.Length;
            if (entry.Count != expected)
            {
                throw new InvalidOperationException($"{entry.Name} gave {entry.Count} results instead of {expected}.");
            }

            for (var n = 0; n < entry.Count; n++)
            {
                int i = entry.ElementOf(n, _formats.Length);
                differs[i] |= !Agrees(entry, n, reference[i]);
            }
        }

        return differs;
    }

    // Bit for bit, but for the sign of zero, which integers do not have.
    private bool Agrees(EntryPointResults entry, int n, long raw)
        => entry.Raw is { } found ? found[n] == raw : entry.Values![n] == FixedPointArithmetic.ToDouble(raw, _formats[n % _formats.Length]);

    private EngineDifference Describe(VerificationVectors block, int index, EngineResults?[] all)
    {
        int sample = index / _formats.Length, element = index % _formats.Length;
        var format = _formats[element];
        var values = new List<KeyValuePair<string, string>>();
        for (var n = 0; n < all.Length; n++)
        {
            if (all[n] is not { } results)
            {
                continue;
            }

            values.Add(new KeyValuePair<string, string>(_tallies[n].Name, format.FromStorage(results.Raw[index]).ToString(CultureInfo.InvariantCulture)));
            foreach (var entry in results.EntryPoints)
            {
                int result = entry.ResultOf(index, _formats.Length);
                if (result < 0 || Agrees(entry, result, all[0]!.Raw[index]))
                {
                    continue;
                }

                string shown = entry.Raw is { } raw
                    ? format.FromStorage(raw[result]).ToString(CultureInfo.InvariantCulture)
                    : (entry.Values![result] / format.Step).ToString("R", CultureInfo.InvariantCulture);
                values.Add(new KeyValuePair<string, string>(_tallies[n].Name + "." + entry.Name, shown));
            }
        }

        var output = OutputOf(ref element);
        return new EngineDifference(_samples + sample, block.Origins[sample], _program.Buffers[output.Buffer].Layer, element, values);
    }

    private ProgramOutput OutputOf(ref int element)
    {
        foreach (var output in _program.Outputs)
        {
            if (element < output.Shape.Size)
            {
                return output;
            }

            element -= output.Shape.Size;
        }

        throw new ArgumentOutOfRangeException(nameof(element));
    }
}

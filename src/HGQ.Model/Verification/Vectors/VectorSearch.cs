using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// Makes vectors that wrong code does not pass: corners and random codes first, then any that reach something new (an end of an
/// interval, a bit or the loss of a bit that a result shows, a border of a rounding or limit, an entry of a table), then those of a
/// search that aims at what is still missing. The same program, options and wires give the same vectors, on every machine.
/// </summary>
public sealed class VectorSearch
{
    private const string NewKind = "new";
    private const string DrivenKind = "driven";

    // Of the effort, this part goes to samples that are tried by chance.
    private const int ChancePart = 3;

    // And at most this part to computing whether a case is seen in the results; less where wires show faults behind it as well.
    private const int EffectPart = 3;
    private const int EffectPartOfWires = 30;

    // Where so many samples by chance reached nothing new, more of them are wasted.
    private const int MostStale = 4000;
    private const long MostTries = 20_000;
    private const long MostProbes = 100_000;

    // What looking at a wire costs beside a product.
    private const long StepsOfAPlace = 6;

    private readonly IntegerProgram _program;
    private readonly IReadOnlyList<AdderWire> _wires;
    private readonly FixedPointFormat[] _formats;
    private readonly List<IVectorGoals> _goals;
    private readonly ResultEffects _effects;
    private readonly CandidateSet _set;
    private readonly VectorRandom _random;
    private readonly long _most;
    private readonly double _scale;

    private VectorSearch(IntegerProgram program, CornerOptions options, IReadOnlyList<AdderWire> wires)
    {
        _program = program;
        _wires = wires;
        _formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        var values = new WireValues(wires);
        _most = options.Effort / Cost(program, wires);
        _effects = new ResultEffects(program, _most / (wires.Count == 0 ? EffectPart : EffectPartOfWires));
        _goals = Goals(program, wires, values, _effects);
        _set = new CandidateSet(program, values, _goals, _effects);
        _random = new VectorRandom(options.Seed ^ 0x5EA7C4);
        _scale = (double)options.Effort / CornerOptions.StandardEffort;
    }

    /// <summary>Makes the vectors of a program.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">How many, and how hard to look.</param>
    /// <param name="wires">What a back end has between the buffers; none where only the buffers matter.</param>
    public static VectorSet Find(IntegerProgram program, CornerOptions options, IReadOnlyList<AdderWire> wires)
    {
        var search = new VectorSearch(program, options, wires);
        var corners = CornerVectors.Generate(program, options);
        foreach (var corner in corners)
        {
            search._set.Try(corner.Kind, corner.Codes.Items, always: true);
        }

        if (search._formats.Length > 0)
        {
            search.TryChance();
            search.Drive();
        }

        // Made vectors first: a reader that looks into the first samples only sees most in these.
        var kept = search._set.Kept;
        var ordered = kept.Where(v => v.Kind != CornerVectors.Random).Concat(kept.Where(v => v.Kind == CornerVectors.Random)).ToArray();
        return new VectorSet(ordered, search._set.Coverage());
    }

    private static List<IVectorGoals> Goals(
        IntegerProgram program, IReadOnlyList<AdderWire> wires, WireValues values, ResultEffects effects)
    {
        var goals = new List<IVectorGoals>(program.Buffers.Select((buffer, index) => new ElementGoals(buffer, index)));
        foreach (var instruction in program.Instructions)
        {
            switch (instruction)
            {
                case RequantizeInstruction requantize:
                    goals.Add(new BorderGoals(program, requantize, effects));
                    break;
                case ClampInstruction clamp:
                    goals.Add(new BorderGoals(program, clamp, effects));
                    break;
                case TableLookupInstruction lookup:
                    goals.Add(new TableGoals(program, lookup, effects));
                    break;
                case ReduceInstruction reduce:
                    goals.Add(new ReduceGoals(program, reduce));
                    break;
                case ConstantProductInstruction product when wires.Count == 0:
                    goals.Add(new WeightGoals(program, product, effects));
                    break;
                case QuantizeInputInstruction or GatherInstruction or ConstantProductInstruction or AddInstruction or ProductInstruction:
                    // Sums have the ends of their wires as goals, copies those of their readers.
                    break;
                default:
                    throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}.");
            }
        }

        goals.Add(new WireGoals(program, wires, values));
        return goals;
    }

    // Steps of one sample: the products of the program, and what is looked at.
    private static long Cost(IntegerProgram program, IReadOnlyList<AdderWire> wires)
        => 16 + program.Instructions.Sum(instruction => InstructionCost.Of(program, instruction))
            + wires.Sum(wire => StepsOfAPlace * (long)wire.Places.Length);

    // Codes of every kind, and neighbours of what was kept: near a rare sample there are others.
    private void TryChance()
    {
        var codes = new long[_formats.Length];
        var stale = 0;
        long tries = Math.Min((long)(MostTries * _scale), _most / ChancePart);
        for (long n = 0; n < tries && stale < MostStale; n++)
        {
            switch (n % 4)
            {
                case 0:
                    Fill(codes, format => _random.Code(format));
                    break;
                case 1:
                    Fill(codes, format => _random.NearLimit(format));
                    break;
                case 2:
                    int share = 2 + _random.Below(6);
                    Fill(codes, format => _random.Below(share) == 0 ? _random.Code(format) : 0);
                    break;
                default:
                    NearKept(codes);
                    break;
            }

            stale = _set.Try(NewKind, codes) ? 0 : stale + 1;
        }
    }

    private void NearKept(long[] codes)
    {
        _set.Kept[_random.Below(_set.Kept.Count)].Codes.Items.CopyTo(codes, 0);
        int share = 2 + _random.Below(8);
        for (var e = 0; e < codes.Length; e++)
        {
            codes[e] = _random.Below(share) == 0 ? _random.Code(_formats[e]) : codes[e];
        }

        int one = _random.Below(codes.Length);
        codes[one] = _random.Code(_formats[one]);
    }

    private void Fill(long[] codes, Func<FixedPointFormat, long> code)
    {
        for (var e = 0; e < codes.Length; e++)
        {
            codes[e] = code(_formats[e]);
        }
    }

    // Half of what is left is for the wires, the last goals; of the other half each goal has its share, so that one that cannot be
    // reached does not starve the others.
    private void Drive()
    {
        long last = _set.Tried + Math.Min((long)(MostProbes * _scale), _most - (_most / ChancePart));
        _effects.IsThorough = _wires.Count == 0;
        var driver = new VectorDriver(_program, _wires, _set, _random);
        for (var n = 0; n < _goals.Count; n++)
        {
            long share = Math.Max(0, last - _set.Tried) / (n == _goals.Count - 1 ? 1 : 2 * (_goals.Count - 1 - n));
            Drive(driver, _goals[n].Missing().ToArray(), _set.Tried + share);
        }
    }

    private void Drive(VectorDriver driver, VectorTarget[] targets, long end)
    {
        for (var t = 0; t < targets.Length && _set.Tried < end; t++)
        {
            if (targets[t].IsMissing())
            {
                driver.Drive(targets[t], DrivenKind, (end - _set.Tried) / (targets.Length - t));
            }
        }
    }
}

/// <summary>Vectors and what they reach.</summary>
/// <param name="Vectors">The vectors: made ones first, then random ones.</param>
/// <param name="Coverage">What they reach.</param>
public sealed record VectorSet(IReadOnlyList<CornerVector> Vectors, VectorCoverage Coverage);

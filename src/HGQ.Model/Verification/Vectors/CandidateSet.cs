using System.Collections.Generic;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Tries samples and keeps those that reach something new.</summary>
internal sealed class CandidateSet
{
    private readonly ReferenceInterpreter _interpreter;
    private readonly IReadOnlyList<IVectorGoals> _goals;
    private readonly WireValues _wires;
    private readonly ResultEffects _effects;
    private readonly long[] _results;
    private readonly List<CornerVector> _kept = new();
    private long _tried;

    public CandidateSet(IntegerProgram program, WireValues wires, IReadOnlyList<IVectorGoals> goals, ResultEffects effects)
    {
        _wires = wires;
        _interpreter = new ReferenceInterpreter(program);
        _results = new long[program.OutputSize];
        _goals = goals;
        _effects = effects;
    }

    /// <summary>The samples that were kept.</summary>
    public IReadOnlyList<CornerVector> Kept => _kept;

    /// <summary>Values of all buffers in the last sample.</summary>
    public long[][] Buffers => _interpreter.RawBuffers;

    /// <summary>Samples that were tried, and what was spent on their effects, in samples.</summary>
    public long Tried => _tried + (long)_effects.Spent;

    /// <summary>Runs a sample for the values it has, and looks at nothing else.</summary>
    public void Probe(long[] codes)
    {
        _interpreter.Run(codes, _results);
        _wires.Update(Buffers);
        _tried++;
    }

    /// <summary>Runs a sample; keeps a copy if it is new in any way, or always.</summary>
    public bool Try(string kind, long[] codes, bool always = false)
    {
        Probe(codes);
        var news = false;
        foreach (var goals in _goals)
        {
            news |= goals.Observe(Buffers, _kept.Count);
        }

        if (news || always)
        {
            _kept.Add(new CornerVector(kind, (long[])codes.Clone()));
        }

        return news;
    }

    /// <summary>What all samples together reached.</summary>
    public VectorCoverage Coverage()
    {
        var counts = new CoverageCounts(_interpreter.Program);
        foreach (var goals in _goals)
        {
            goals.Count(counts);
        }

        return counts.ToCoverage();
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning;

/// <summary>What one kernel is made of: the strategy of each constant product.</summary>
internal sealed class KernelPlan
{
    private readonly ProgramStep[] _steps;
    private readonly Dictionary<ProgramStep, ProductStrategy> _strategies = new();
    private readonly Dictionary<ProgramStep, ProductStrategy> _samples = new();

    /// <summary>Plans a kernel.</summary>
    /// <param name="program">The program.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="facts">Facts of the steps that are constant products.</param>
    /// <param name="shape">Shape of the kernel.</param>
    public KernelPlan(IntegerProgram program, ProgramStep[] steps, IReadOnlyDictionary<ProgramStep, ProductFacts> facts, KernelShape shape)
    {
        _steps = steps;
        Shape = shape;
        var budget = new CodeBudget();
        foreach (var step in steps.Where(facts.ContainsKey))
        {
            var question = new ProductQuestion(facts[step], shape, budget);
            _strategies.Add(step, ProductStrategies.Choose(question));
            if (!shape.IsVector && ProductStrategies.ChooseSample(question) is { } sample)
            {
                _samples.Add(step, sample);
            }
        }

        var quads = new HashSet<ProgramStep>(_samples.Where(sample => sample.Value is ByteQuadSample).Select(sample => sample.Key));
        Bytes = new ByteBuffers(program, steps, quads);
        IsVectorised = quads.Count == steps.Length;
    }

    /// <summary>The shape.</summary>
    public KernelShape Shape { get; }

    /// <summary>Buffers that the vector kernels of one sample hold as bytes.</summary>
    public ByteBuffers Bytes { get; }

    /// <summary>Whether the kernel for one sample has a form with vectors for every step.</summary>
    public bool IsVectorised { get; }

    /// <summary>
    /// Whether several blocks at once are faster: where large products do most of the work, whose weights are then read once, and where
    /// straight-line code does all of it and would not stay in the first-level cache from one block to the next.
    /// </summary>
    public bool TakesGroups
    {
        get
        {
            long gaining = _strategies.Values.Where(strategy => strategy.GainsFromGroups).Sum(strategy => strategy.Facts.AllTerms);
            long all = _strategies.Values.Sum(strategy => strategy.Facts.AllTerms);
            return 2 * gaining > all
                || (all > CostModel.FewestTermsOfGroups && _strategies.Values.All(strategy => strategy.Plan.Product.Positions == 1));
        }
    }

    /// <summary>All strategies, in the order of the steps.</summary>
    public IEnumerable<ProductStrategy> Strategies => _steps.Where(_strategies.ContainsKey).Select(step => _strategies[step]);

    /// <summary>All strategies for one sample on vectors, in the order of the steps.</summary>
    public IEnumerable<ProductStrategy> Samples => _steps.Where(_samples.ContainsKey).Select(step => _samples[step]);

    /// <summary>The strategy of a constant product.</summary>
    public ProductStrategy Of(ProgramStep step) => _strategies[step];

    /// <summary>Its strategy for one sample on vectors, or null.</summary>
    public ProductStrategy? SampleOf(ProgramStep step) => _samples.TryGetValue(step, out var sample) ? sample : null;

    /// <summary>Inputs whose bits products of this kernel look up, each by the number of its buffer.</summary>
    public Dictionary<int, BitInput> BitInputs()
        => Strategies.OfType<BitLookupBlock>().ToDictionary(strategy => strategy.Plan.Product.Source, strategy => strategy.Facts.BitInput!);

    /// <summary>Buffers of input ports that only pairs of bytes of this kernel read, each by its number.</summary>
    public Dictionary<int, BytePairInput> BytePairInputs(IntegerProgram program, BufferTypes types)
    {
        var found = new Dictionary<int, BytePairInput>();
        foreach (int buffer in program.CodePorts.Select(port => port.Destination))
        {
            var readers = Array.FindAll(_steps, step => InstructionSources.Of(step.Instruction).Contains(buffer));
            if (readers.Length == 1
                && program.Outputs.All(output => output.Buffer != buffer)
                && program.CodePorts.Count(port => port.Destination == buffer) == 1
                && types[buffer] == LaneType.Int16
                && _strategies.TryGetValue(readers[0], out var strategy)
                && strategy is BytePairBlock { Pairs: { Pairs.AreNeighbours: false } pairs })
            {
                found.Add(buffer, new BytePairInput(readers[0].Destination, pairs, Shape.Lanes));
            }
        }

        return found;
    }
}

using System;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Model.Hardware.Engines;

/// <summary>The bit netlist of a program as an engine: LUTs, carry chains and registers instead of integers.</summary>
public sealed class NetlistEngine : IInferenceEngine
{
    private readonly IntegerProgram _program;
    private readonly MappingOptions _options;
    private NetlistEvaluator? _evaluator;

    /// <summary>Prepares a program.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">How it is mapped; the defaults where null.</param>
    public NetlistEngine(IntegerProgram program, MappingOptions? options = null)
    {
        _program = program;
        _options = options ?? MappingOptions.Default;
    }

    /// <inheritdoc/>
    public string Name => "netlist";

    /// <summary>The netlist, once <see cref="Prepare"/> has made it.</summary>
    public BitNetlist? Netlist { get; private set; }

    /// <inheritdoc/>
    public void Prepare()
    {
        Netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(_program), _options);
        _evaluator = new NetlistEvaluator(Netlist);
    }

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        if (_evaluator is null)
        {
            throw new InvalidOperationException("the netlist is made by Prepare, which was not called");
        }

        var raw = new long[vectors.Count * _program.OutputSize];
        _evaluator.Run(vectors.Codes, raw, vectors.Count);
        return new EngineResults(raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to give back.
    }
}

using System;
using HGQ.Model.Hardware.Bits;
using Row = HGQ.Model.Hardware.Simulation.RowPair<HGQ.Model.Hardware.Simulation.RowPair<HGQ.Model.Hardware.Simulation.BitRow>>;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Computes a bit netlist for many samples at once, one bit of a word a sample. Registers count as wires: the results are those
/// that leave <see cref="BitNetlist.Latency"/> clocks after their sample. One instance is for one thread.
/// </summary>
public sealed class NetlistEvaluator
{
    private readonly BlockPorts _ports;
    private readonly IBlockRun _run;

    /// <summary>Prepares a netlist.</summary>
    /// <param name="netlist">A verified netlist.</param>
    public NetlistEvaluator(BitNetlist netlist)
    {
        var program = new RowProgram(netlist);
        _ports = new BlockPorts(netlist, program.Inputs, program.Outputs);
        _run = VectorLoops.All is { } loops ? new VectorRun(program, _ports, loops) : new RowRun<Row>(program, _ports);
    }

    /// <summary>Codes of a sample.</summary>
    public int InputSize => _ports.InputSize;

    /// <summary>Results of a sample.</summary>
    public int OutputSize => _ports.Outputs.Length;

    /// <summary>Codes → raw results, both row-major in 64-bit storage.</summary>
    /// <param name="codes"><see cref="InputSize"/> codes a sample; bits above a format's width are not read.</param>
    /// <param name="results">Receives <see cref="OutputSize"/> integers a sample.</param>
    /// <param name="samples">Number of samples.</param>
    /// <exception cref="ArgumentException">An array is shorter than the samples need.</exception>
    public void Run(long[] codes, long[] results, int samples)
    {
        if (codes.Length < (long)samples * InputSize || results.Length < (long)samples * OutputSize)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{samples} samples need {(long)samples * InputSize} codes and {(long)samples * OutputSize} results, there are {codes.Length} and {results.Length}"),
                nameof(samples));
        }

        for (var first = 0; first < samples; first += _run.Samples)
        {
            _run.Run(codes, results, first, Math.Min(_run.Samples, samples - first));
        }
    }
}

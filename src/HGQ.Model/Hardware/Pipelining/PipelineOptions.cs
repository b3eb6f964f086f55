namespace HGQ.Model.Hardware.Pipelining;

/// <summary>How a netlist is cut into stages.</summary>
/// <param name="Levels">Most levels of logic between two registers, at least 1 (<see cref="Bits.SignalLevels"/>).</param>
/// <param name="InputRegisters">Whether every input bit is registered first.</param>
/// <param name="OutputRegisters">Whether every output bit is registered last.</param>
public sealed record PipelineOptions(int Levels, bool InputRegisters = false, bool OutputRegisters = false);

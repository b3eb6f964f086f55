using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>A step on values, each of which is written once.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="Reads">Values that are read, in the order of the operation; of a multiplier first the left ones.</param>
/// <param name="Writes">Values that are written; −1 where nobody reads a bit of a ROM or a multiplier.</param>
/// <param name="Cell">The ROM or the multiplier.</param>
internal sealed record ValueStep(BitOperationKind Kind, int[] Reads, int[] Writes, NetlistCell? Cell = null);

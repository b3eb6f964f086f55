using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Steps in the order in which they are computed.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Roms">The ROMs that steps name.</param>
/// <param name="Multipliers">The multipliers that steps name.</param>
internal sealed record StepList(BitOperation[] Steps, RomCell[] Roms, MultiplierCell[] Multipliers);

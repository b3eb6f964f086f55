using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Export.Layers;

/// <summary>What an export decides about layers that training did not.</summary>
/// <param name="Overflow">Overflow of the layers whose quantizers leave it open.</param>
/// <param name="InputOverflow">Overflow of the input ports.</param>
/// <param name="InputMarginBits">Integer bits that input ports get on top of the traced ones.</param>
/// <param name="MaximumTableEntries">Largest table that a function of one number may become.</param>
internal sealed record ExportRules(OverflowMode Overflow, OverflowMode InputOverflow, int InputMarginBits, int MaximumTableEntries);

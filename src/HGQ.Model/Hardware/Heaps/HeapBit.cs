namespace HGQ.Model.Hardware.Heaps;

/// <summary>A bit of a heap.</summary>
/// <param name="Literal">Its literal, no constant.</param>
/// <param name="Level">The level from which on it is there.</param>
internal readonly record struct HeapBit(int Literal, int Level);

namespace HGQ.Model.Program;

/// <summary>A summand of an <see cref="AddInstruction"/>.</summary>
/// <param name="Buffer">Buffer that is read, as long as the destination.</param>
/// <param name="Shifts">Per element: bits it is shifted left by, at least 0.</param>
/// <param name="Negate">Subtracted instead of added.</param>
public sealed record AddOperand(int Buffer, EquatableArray<int> Shifts, bool Negate);

namespace HGQ.HlsEmit.Layout;

/// <summary>Elements at equal distances.</summary>
/// <param name="Stride">Distance of neighbours.</param>
/// <param name="Count">How many.</param>
internal readonly record struct PositionRange(int Stride, int Count);

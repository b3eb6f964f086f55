using System;
using System.Linq;
using System.Reflection;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Loops over steps with the vectors of the processor. This assembly is one for all runtimes (netstandard2.0) and cannot name their
/// vectors, so where the runtime has them and compiles at run time, the loops are made of expressions.
/// </summary>
internal static class VectorLoops
{
    /// <summary>Words of a row: two vectors of 512 bits, or four of 256.</summary>
    public const int Words = 16;

    private static readonly Lazy<Loop?[]?> Made = new(Make);

    /// <summary>Computes the steps from <paramref name="first"/> up to <paramref name="end"/>, all of one kind.</summary>
    public delegate void Loop(BitOperation[] steps, int first, int end, ulong[] words);

    /// <summary>A loop for each kind of step, null for those that are computed sample by sample; null where there are no vectors.</summary>
    public static Loop?[]? All => Made.Value;

    private static Loop?[]? Make()
    {
        if (!Is("System.Runtime.CompilerServices.RuntimeFeature", "IsDynamicCodeCompiled"))
        {
            return null;
        }

        foreach (int bits in new[] { 512, 256, 128 })
        {
            string name = FormattableString.Invariant($"System.Runtime.Intrinsics.Vector{bits}");
            if (Is(name, "IsHardwareAccelerated"))
            {
                var vectors = new VectorExpressions(Type.GetType(name)!, bits / 64);
                return Enum.GetValues(typeof(BitOperationKind)).Cast<BitOperationKind>().Select(vectors.Loop).ToArray();
            }
        }

        return null;
    }

    private static bool Is(string type, string property) =>
        Type.GetType(type)?.GetProperty(property, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is true;
}

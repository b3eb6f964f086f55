using System;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Tensors;

/// <summary>
/// Keeps the owners of native memory alive until a call has returned. TorchSharp reads the address out of a tensor or a scalar and hands the
/// bare address to native code: from then on nothing refers to the owner, and the collector may finalize it, which frees what the call
/// still reads.
/// </summary>
internal static class Keep
{
    /// <summary>The result of a call, whose operand lives until here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Alive<T>(T result, object? operand)
    {
        GC.KeepAlive(operand);
        return result;
    }

    /// <summary>The result of a call, whose operands live until here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Alive<T>(T result, object? first, object? second)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        return result;
    }

    /// <summary>The result of a call, whose operands live until here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Alive<T>(T result, object? first, object? second, object? third)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        return result;
    }
}

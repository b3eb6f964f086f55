using System;
using System.Runtime.InteropServices;

namespace HGQ.Runtime.Fused;

/// <summary>
/// Tells the C library to keep freed memory for the next step. By default it hands blocks of the size of a batch's activations back
/// to the system, which then clears every page of them again in the next step: a fifth of the time of a step.
/// </summary>
internal static class FreedMemory
{
    // From malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    // The largest that glibc takes.
    private const int LargestBlock = 32 << 20;

    private static readonly Lazy<bool> Kept = new(Request);

    /// <summary>Asks once in a process; does nothing where the C library knows no such request.</summary>
    public static void Keep() => _ = Kept.Value;

    private static bool Request()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library)
            || !NativeLibrary.TryGetExport(library, "mallopt", out var address))
        {
            return false;
        }

        var set = Marshal.GetDelegateForFunctionPointer<SetOption>(address);
        return set(MapThreshold, LargestBlock) != 0 && set(TrimThreshold, int.MaxValue) != 0;
    }

    private delegate int SetOption(int option, int value);
}

using System;
using System.IO;
using System.Threading;

/// <summary>
/// Loaded into any .NET program by DOTNET_STARTUP_HOOKS: a thread that collects all generations and runs all finalizers without pause,
/// so that what native code reads without a living owner is freed at once. Name, namespace and method are the runtime's.
/// </summary>
internal static class StartupHook
{
    /// <summary>Where the number of collections is written when the process ends.</summary>
    private const string CountFile = "HGQ_HOSTILE_COUNT_FILE";

    private static long _collections;

    /// <summary>Called by the runtime before the program starts.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(CountFile) is { Length: > 0 } path)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllText(path, FormattableString.Invariant($"{Interlocked.Read(ref _collections)}"));
        }

        new Thread(CollectForEver) { IsBackground = true, Name = "hostile collector" }.Start();
    }

    private static void CollectForEver()
    {
        while (true)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            Interlocked.Increment(ref _collections);
        }
    }
}

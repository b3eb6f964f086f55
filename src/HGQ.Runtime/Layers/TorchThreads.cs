using System;
using System.Linq;
using System.Threading;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>
/// How many threads torch computes with: one for small networks, whose products are done sooner than a second thread wakes up, and as
/// many as torch has for large ones. A model chooses in its first training step, a trainer and calibration for the time that they run.
/// </summary>
public static class TorchThreads
{
    // A step of this many takes milliseconds; below, waking a thread for each of its small products costs more than it saves.
    private const long WorthSharing = 20_000_000;

    private static readonly int Available = torch.get_num_threads();
    private static int? _number;
    private static int _held;

    /// <summary>The number of threads, whatever the network is; null: chosen by its size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static int? Number
    {
        get => _number;
        set
        {
            if (value is { } number)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, nameof(value));
            }

            _number = value;
        }
    }

    /// <summary>The number of threads for steps of so many samples.</summary>
    /// <param name="model">The network.</param>
    /// <param name="samples">Samples a step.</param>
    public static int For(HgqModel model, long samples)
    {
        ArgumentNullException.ThrowIfNull(model);
        return For(samples * Multiplications(model));
    }

    /// <summary>The number of threads for steps of so many multiplications.</summary>
    internal static int For(long multiplications) => Number ?? (multiplications < WorthSharing ? 1 : Available);

    /// <summary>Products of a weight and a value that one sample takes: a kernel is used at every position of the output.</summary>
    internal static long Multiplications(HgqModel model) => model.Layers.OfType<KernelLayer>()
        .Sum(static l => l.Kernel.Count * l.OutputShape.SkipLast(1).Aggregate(1L, static (product, n) => product * n));

    /// <summary>Sets the number until it is disposed; models then leave it alone.</summary>
    internal static IDisposable Hold(int number) => new Held(number);

    /// <summary>Sets the number for a loop of the user's own.</summary>
    internal static void Choose(HgqModel model, long samples)
    {
        if (Volatile.Read(ref _held) == 0)
        {
            torch.set_num_threads(For(model, samples));
        }
    }

    private sealed class Held : IDisposable
    {
        private readonly int _before = torch.get_num_threads();

        public Held(int number)
        {
            Interlocked.Increment(ref _held);
            torch.set_num_threads(number);
        }

        public void Dispose()
        {
            torch.set_num_threads(_before);
            Interlocked.Decrement(ref _held);
        }
    }
}

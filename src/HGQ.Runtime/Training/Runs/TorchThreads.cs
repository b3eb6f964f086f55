using System;
using TorchSharp;

namespace HGQ.Runtime.Training.Runs;

/// <summary>
/// Sets torch's number of threads for the time of a run: one for small networks, whose products are done sooner than a second thread
/// wakes up, and as many as there are for large ones.
/// </summary>
internal sealed class TorchThreads : IDisposable
{
    // A step of this many takes milliseconds; below, waking a thread for each of its small products costs more than it saves.
    private const long WorthSharing = 20_000_000;

    private readonly int _before = torch.get_num_threads();

    public TorchThreads(long multiplicationsPerStep)
    {
        if (multiplicationsPerStep < WorthSharing)
        {
            torch.set_num_threads(1);
        }
    }

    public void Dispose() => torch.set_num_threads(_before);
}

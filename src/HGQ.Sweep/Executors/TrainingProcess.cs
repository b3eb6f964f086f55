using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Sweep.Folders;

namespace HGQ.Sweep.Executors;

/// <summary>A training at work: its words go to a log, and it can be asked to stop.</summary>
internal sealed class TrainingProcess : IAsyncDisposable
{
    private const string ErrorMark = "error: ";

    // An orphan finishes its epoch; one that does not in this time is ended, and loses what came after its last checkpoint.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _writing = new();
    private string? _error;

    private TrainingProcess(Process process, StreamWriter log) => (_process, _log) = (process, log);

    public ProcessIdentity Identity { get; private set; } = null!;

    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public static TrainingProcess Start(ProcessStartInfo start, string log)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        var file = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var writer = new StreamWriter(file, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        var training = new TrainingProcess(new Process { StartInfo = start }, writer);
        try
        {
            training.Begin();
            return training;
        }
        catch
        {
            training._process.Dispose();
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the end; where the caller wants to stop, the training is asked to.</summary>
    /// <returns>The exit code, 128 and the number of the signal that ended it, and the last error that it told.</returns>
    public async Task<(int Code, string? Error)> EndAsync(CancellationToken cancellation)
    {
        using (cancellation.Register(() => ProcessSignal.Terminate(_process)))
        {
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        return (_process.ExitCode, _error);
    }

    /// <summary>Ends the training of a runner that was killed, so that two never write into one folder.</summary>
    public static async Task EndOrphanAsync(ProcessIdentity? identity)
    {
        using Process? orphan = identity?.Find();
        if (orphan is null)
        {
            return;
        }

        ProcessSignal.Terminate(orphan);
        try
        {
            await orphan.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            orphan.Kill(entireProcessTree: true);
            await orphan.WaitForExitAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return _log.DisposeAsync();
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        Identity = ProcessIdentity.Of(_process);
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_writing)
        {
            _log.WriteLine(line);
            _error = line.StartsWith(ErrorMark, StringComparison.Ordinal) ? line[ErrorMark.Length..] : _error;
        }
    }
}

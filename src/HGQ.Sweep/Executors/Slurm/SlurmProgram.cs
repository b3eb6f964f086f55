using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace HGQ.Sweep.Executors.Slurm;

/// <summary>What a program of Slurm answered.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, one line.</param>
internal sealed record SlurmAnswer(int Code, string Output, string Error);

/// <summary>Calls the programs of Slurm.</summary>
internal static class SlurmProgram
{
    /// <exception cref="SweepToolMissingException">It is not there.</exception>
    public static async Task<SlurmAnswer> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            return new SlurmAnswer(process.ExitCode, await output, (await error).Trim().ReplaceLineEndings("; "));
        }
        catch (Win32Exception e)
        {
            throw new SweepToolMissingException(program, e);
        }
    }
}

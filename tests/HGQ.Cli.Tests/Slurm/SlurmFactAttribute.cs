using System;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Slurm;

/// <summary>
/// A fact that needs Slurm and munge: a visible skip where they are not installed or can't be started, a failure where CI=true.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] Programs =
        ["bash", "sbatch", "squeue", "scontrol", "scancel", "sacct", SlurmCluster.Munge, SlurmCluster.Controller, SlurmCluster.Node];

    // A container may forbid what the daemons need: only a try can tell. It takes about two seconds, once a process.
    private static readonly Lazy<string?> Reason = new(() =>
        HostTools.SkipReason(Programs) ?? (HostTools.IsContinuousIntegration ? null : Task.Run(TryAsync).GetAwaiter().GetResult()));

    /// <summary>Decides at discovery.</summary>
    public SlurmFactAttribute() => Skip = Reason.Value;

    private static async Task<string?> TryAsync()
    {
        try
        {
            await (await SlurmCluster.StartAsync()).DisposeAsync();
            return null;
        }
        catch (Exception fault)
        {
            return "Slurm can't be started here: " + fault.Message.Split('\n')[0];
        }
    }
}

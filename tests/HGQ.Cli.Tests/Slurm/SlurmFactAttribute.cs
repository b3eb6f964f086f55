using System;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Slurm;

/// <summary>A fact that needs Slurm and munge: a visible skip where they are not installed, a failure where CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] Programs =
        ["bash", "sbatch", "squeue", "scontrol", "scancel", "sacct", SlurmCluster.Munge, SlurmCluster.Controller, SlurmCluster.Node];

    /// <summary>Decides at discovery.</summary>
    public SlurmFactAttribute() => Skip = HostTools.SkipReason(Programs);
}

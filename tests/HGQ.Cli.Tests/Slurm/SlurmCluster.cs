using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Slurm;

/// <summary>
/// A Slurm cluster of one node, this machine, on loopback: munge, controller and node with configuration, key, logs and state in a
/// temporary folder. Nothing of the machine's own configuration is read or written, and everything ends with the object.
/// </summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    public const string Munge = "/usr/sbin/munged";
    public const string Controller = "/usr/sbin/slurmctld";
    public const string Node = "/usr/sbin/slurmd";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    private SlurmCluster()
    {
    }

    /// <summary>What programs of Slurm need to find this cluster.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["SLURM_CONF"] = Configuration };

    private string Configuration => _folder.Combine("slurm.conf");

    /// <summary>Starts it, and waits until its node is idle.</summary>
    public static async Task<SlurmCluster> StartAsync()
    {
        var cluster = new SlurmCluster();
        try
        {
            await cluster.StartDaemonsAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program of Slurm.</summary>
    public Task<ToolResult> RunAsync(string program, params string[] arguments) =>
        ToolProcess.RunAsync(program, arguments, _folder.Path, Limit, Environment);

    /// <summary>The job element of each task that waits or runs: <c>12_3</c>, and its state.</summary>
    public async Task<(string Element, string State)[]> QueueAsync()
    {
        ToolResult result = await RunAsync("squeue", "--noheader", "--array", "--format=%F_%K|%T");
        Assert.True(result.ExitCode == 0, result.ToString());
        return Array.ConvertAll(
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => (line.Trim().Split('|')[0], line.Trim().Split('|')[1]));
    }

    /// <summary>The ends of the logs, for the message of a failed assertion.</summary>
    public string Logs()
    {
        string text = "";
        foreach (string name in new[] { "controller.log", "node.log", "munge.log" })
        {
            text += File.Exists(_folder.Combine(name)) ? $"--- {name}\n{File.ReadAllText(_folder.Combine(name))}\n" : "";
        }

        return text;
    }

    public async ValueTask DisposeAsync()
    {
        // Jobs first: their processes end with the node's, and the folder can go.
        if (File.Exists(_folder.Combine("controller.pid")))
        {
            await RunAsync("scancel", "--full", "--user", System.Environment.UserName);
            for (int tries = 0; tries < 50 && (await QueueAsync()).Length > 0; tries++)
            {
                await Task.Delay(200);
            }
        }

        foreach (string daemon in new[] { "node", "controller", "munge" })
        {
            await EndAsync(_folder.Combine(daemon + ".pid"));
        }

        _folder.Dispose();
    }

    private async Task StartDaemonsAsync()
    {
        foreach (string name in new[] { "state", "spool" })
        {
            Directory.CreateDirectory(_folder.Combine(name));
        }

        File.WriteAllBytes(_folder.Combine("munge.key"), RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
        {
            // munge refuses a key that others may read, and a socket that they can't reach.
            File.SetUnixFileMode(_folder.Combine("munge.key"), UnixFileMode.UserRead);
            File.SetUnixFileMode(
                _folder.Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
                | UnixFileMode.OtherExecute);
        }

        File.WriteAllText(Configuration, Text());
        await SucceedAsync(
            Munge, "--force", $"--socket={Socket}", $"--key-file={_folder.Combine("munge.key")}",
                $"--log-file={_folder.Combine("munge.log")}",
            $"--pid-file={_folder.Combine("munge.pid")}", $"--seed-file={_folder.Combine("munge.seed")}");
        await SucceedAsync(Controller, "-f", Configuration);
        await SucceedAsync(Node, "-f", Configuration);
        for (int tries = 0; ; tries++)
        {
            ToolResult nodes = await RunAsync("sinfo", "--noheader", "--format=%T");
            if (nodes.Output.Trim() == "idle")
            {
                return;
            }

            Assert.True(tries < 100, $"the node does not become idle: {nodes}\n{Logs()}");
            await Task.Delay(200);
        }
    }

    private string Socket => _folder.Combine("munge.socket");

    // Requeued jobs wait until their credential has expired: 5 seconds are the least that Slurm takes.
    private string Text()
    {
        string host = Dns.GetHostName().Split('.')[0], user = System.Environment.UserName;
        return $"""
            ClusterName=hgqtest
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            AuthInfo=socket={Socket},cred_expire=5
            CredType=cred/munge
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            StateSaveLocation={_folder.Combine("state")}
            SlurmdSpoolDir={_folder.Combine("spool")}
            SlurmctldPidFile={_folder.Combine("controller.pid")}
            SlurmdPidFile={_folder.Combine("node.pid")}
            SlurmctldLogFile={_folder.Combine("controller.log")}
            SlurmdLogFile={_folder.Combine("node.log")}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            MpiDefault=none
            SwitchType=switch/none
            AccountingStorageType=accounting_storage/none
            JobAcctGatherType=jobacct_gather/none
            JobCompType=jobcomp/none
            MailProg=/bin/true
            ReturnToService=2
            KillWait=5
            SchedulerParameters=bf_interval=1
            NodeName={host} NodeAddr=127.0.0.1 CPUs={System.Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)} State=UNKNOWN
            PartitionName=tests Nodes={host} Default=YES MaxTime=60 State=UP

            """;
    }

    private async Task SucceedAsync(string program, params string[] arguments)
    {
        // Daemons keep the streams that they are born with: into files, or their reader would wait for them.
        string command = $"\"$0\" \"$@\" >'{_folder.Combine("start.log")}' 2>&1";
        ToolResult result = await ToolProcess.RunAsync("bash", ["-c", command, program, .. arguments], _folder.Path, Limit, Environment);
        Assert.True(result.ExitCode == 0, $"{program}: {File.ReadAllText(_folder.Combine("start.log"))}\n{Logs()}");
    }

    private static async Task EndAsync(string pidFile)
    {
        if (!File.Exists(pidFile)
            || !int.TryParse(File.ReadAllText(pidFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int id))
        {
            return;
        }

        try
        {
            using var daemon = Process.GetProcessById(id);
            await ToolProcess.RunAsync("kill", ["-TERM", id.ToString(CultureInfo.InvariantCulture)], ".", Limit);
            for (int tries = 0; tries < 50 && !daemon.HasExited; tries++)
            {
                await Task.Delay(100);
            }

            daemon.Kill();
        }
        catch (ArgumentException)
        {
            // It ended by itself.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

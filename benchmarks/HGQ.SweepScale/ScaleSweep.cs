using System;
using System.IO;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.SweepScale;

/// <summary>A sweep of so many tasks in a temporary folder.</summary>
internal sealed class ScaleSweep : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hgq-sweep-scale-").FullName;

    public ScaleSweep(int tasks)
    {
        File.WriteAllText(Path.Combine(_folder, "data.csv"), "x,y\n");
        File.WriteAllText(Path.Combine(_folder, "sweep.json"), $$"""
            {
              "format": "hgq-sweep", "version": 1, "data": "data.csv", "options": { "target": "y" },
              "draws": { "count": {{tasks}}, "seed": 1 },
              "parameters": {
                "lr": { "draw": "logarithmic", "from": 1e-4, "to": 1e-1 },
                "hidden": { "draw": "choice", "values": ["16", "32", "64,32"] },
                "seed": { "draw": "linear", "from": 0, "to": 1e9, "whole": true }
              }
            }
            """);
        Folder = SweepFolder.Create(Path.Combine(_folder, "out"), SweepFile.Read(Path.Combine(_folder, "sweep.json")).Plan);
    }

    public SweepFolder Folder { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

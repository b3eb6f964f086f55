using System;
using System.Diagnostics;
using System.IO;
using HGQ.Sweep.Collect;
using HGQ.Sweep.Folders;
using static System.FormattableString;

namespace HGQ.SweepScale;

/// <summary>Collects many task folders, and tells how long it took and how much memory.</summary>
internal static class CollectScale
{
    public static void Run(int tasks)
    {
        using var sweep = new ScaleSweep(tasks);
        for (int t = 0; t < sweep.Folder.Plan.Tasks.Count; t++)
        {
            TaskFolder place = sweep.Folder.Of(sweep.Folder.Plan.Tasks[t]);
            Directory.CreateDirectory(place.Run);
            File.WriteAllText(place.Summary, SleepingTrainer.Summary(t));
        }

        var clock = Stopwatch.StartNew();
        SweepFolder opened = SweepFolder.Open(sweep.Folder.Path);
        var front = SweepFront.Collect(opened);
        FrontFiles.Write(front, opened);
        double seconds = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(Invariant(
            $"{front.Finished} tasks, {front.Models} models, {front.Points.Count} points of the front: {seconds:F2} s, ")
            + Invariant($"{process.PeakWorkingSet64 / 1e6:F0} MB at most"));
    }
}

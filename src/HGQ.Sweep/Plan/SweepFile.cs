using System;
using System.Collections.Generic;

namespace HGQ.Sweep.Plan;

/// <summary>A sweep file that was read: its plan, and where in it things stand.</summary>
public sealed class SweepFile
{
    private readonly SweepText _text;
    private readonly Dictionary<string, int> _places;

    internal SweepFile(SweepText text, SweepPlan plan, Dictionary<string, int> places) => (_text, Plan, _places) = (text, plan, places);

    /// <summary>Name of the format, as the member <c>format</c> says it.</summary>
    public static string FormatName => "hgq-sweep";

    /// <summary>What the member <c>version</c> says.</summary>
    public static int CurrentVersion => 1;

    /// <summary>The tasks.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; paths in it are seen from its folder.</param>
    /// <exception cref="SweepException">It is not there, or no sweep that can be followed.</exception>
    public static SweepFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new SweepReader(SweepText.Load(path, "sweep file"), System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!)
            .Read();
    }

    /// <summary>An error about an option or parameter that only the training can judge.</summary>
    /// <param name="name">The option or parameter; <c>data</c> for the data. What is not there is blamed on the whole file.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="inner">The error underneath.</param>
    public SweepException Fail(string name, string problem, Exception? inner = null) =>
        _text.Fail(_places.GetValueOrDefault(name), problem, inner);
}

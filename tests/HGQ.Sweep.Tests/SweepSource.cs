using System.IO;
using System.Linq;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

/// <summary>Sweep files for tests, beside data that nobody reads.</summary>
internal static class SweepSource
{
    public static string Text(string members) => $$"""
        {
          "format": "hgq-sweep",
          "version": 1,
          "data": "data.csv",
          {{members}}
        }
        """;

    public static SweepFile Read(TemporaryFolder folder, string members) => ReadText(folder, Text(members));

    public static SweepFile ReadText(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder.Combine("data.csv"), "x,y\n1,2\n");
        File.WriteAllText(folder.Combine("sweep.json"), text);
        return SweepFile.Read(folder.Combine("sweep.json"));
    }

    public static string[] Values(TemporaryFolder folder, string members) =>
        [.. Read(folder, members).Plan.Tasks.Select(task => string.Join(' ', task.Values))];

    public static SweepFolder Create(TemporaryFolder folder, string members) =>
        SweepFolder.Create(folder.Combine("out"), Read(folder, members).Plan);
}

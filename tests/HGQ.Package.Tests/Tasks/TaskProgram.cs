using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests.Tasks;

/// <summary>A program of one file in <c>samples/tasks</c>, run by the command that its readers type.</summary>
internal static class TaskProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly string Configuration =
        typeof(TaskProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    internal static string Path(string name) => RepositoryRoot.Combine("samples", "tasks", name + ".cs");

    /// <summary>
    /// What <c>dotnet run</c> is given. The libraries are those of this build: other projects may still be being built, and none of
    /// them may be built twice at once.
    /// </summary>
    internal static string[] Command(string name, params string[] arguments) =>
        ["run", "-c", Configuration, "-p:BuildProjectReferences=false", Path(name), "--", .. arguments];

    /// <summary>The environment in which builds lie in a folder.</summary>
    internal static Dictionary<string, string?> Environment(string builds) =>
        new(ToolProcess.WithoutServers) { ["XDG_DATA_HOME"] = Directory.CreateDirectory(builds).FullName };

    /// <summary>Runs the program; its build, libtorch linked to it, is gone afterwards.</summary>
    internal static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var result = await ToolProcess.RunAsync(
            "dotnet", Command(name, arguments), folder.Path, Limit, Environment(folder.Combine("builds")));
        Assert.True(result.ExitCode == 0, $"{name}\n{result}");
        return result.Output;
    }

    /// <summary>The cells of a table of the samples, the header left out.</summary>
    internal static string[][] Rows(string file, char separator)
    {
        using FileStream bytes = File.OpenRead(RepositoryRoot.Combine("samples", "data", file));
        using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using var lines = new StreamReader(plain);
        return [.. lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(separator))];
    }

    internal static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static double[] Numbers(IEnumerable<string> texts) => [.. texts.Select(Number)];
}

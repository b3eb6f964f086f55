using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>The built tool, run as a process from its own output folder, as users run it.</summary>
internal static class HgqTool
{
    /// <summary>Full path of the program.</summary>
    public static string Path { get; } = Locate();

    /// <summary>Runs it in a folder; messages are those of a pipe, not of a terminal.</summary>
    public static Task<ToolResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, new Dictionary<string, string?>(), arguments);

    /// <summary>Runs it with variables.</summary>
    public static Task<ToolResult> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
        => ToolProcess.RunAsync(Path, arguments, folder, TimeSpan.FromMinutes(5), environment);

    private static string Locate()
    {
        string relative = typeof(HgqTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HgqToolPath").Value!;
        string library = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, relative));
        string program = System.IO.Path.ChangeExtension(library, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(program) ? program : throw new FileNotFoundException("The tool was not built.", program);
    }
}

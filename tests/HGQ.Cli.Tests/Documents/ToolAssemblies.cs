using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;

namespace HGQ.Cli.Tests.Documents;

/// <summary>The tool's assemblies, taken from its own folder: nothing of libtorch is copied for these tests.</summary>
internal static class ToolAssemblies
{
    private static readonly string Folder = Path.GetDirectoryName(HgqTool.Path)!;

    /// <summary>What a program that uses our packages refers to.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        .. new[] { "HGQ.Model.dll", "HGQ.Runtime.dll", "HGQ.HlsEmit.dll", "HGQ.Import.dll", "HGQ.Report.dll", "HGQ.Sweep.dll",
            "HGQ.VerilogEmit.dll", "TorchSharp.dll" }
            .Select(static name => MetadataReference.CreateFromFile(Path.Combine(Folder, name))),
    ];

    /// <summary>The source generator.</summary>
    public static ISourceGenerator Generator()
    {
        Type type = Load("HGQ.Generators.dll").GetType("HGQ.Generators.Pipeline.HgqModelGenerator", throwOnError: true)!;
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    /// <summary>The whole command line, to parse with.</summary>
    public static RootCommand CommandLine() => (RootCommand)Load("hgq.dll")
        .GetType("HGQ.Cli.HgqCommandLine", throwOnError: true)!
        .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static, [typeof(TextWriter), typeof(TextWriter)])!
        .Invoke(null, [TextWriter.Null, TextWriter.Null])!;

    private static Assembly Load(string name) => Assembly.LoadFrom(Path.Combine(Folder, name));
}

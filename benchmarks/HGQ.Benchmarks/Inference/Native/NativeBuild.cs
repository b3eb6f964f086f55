using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace HGQ.Benchmarks.Inference.Native;

/// <summary>C and C++ compiled by gcc for this processor; a library that was made before from the same text is taken as it is.</summary>
internal static class NativeBuild
{
    private static readonly string[] Flags = ["-O3", "-march=native", "-shared", "-fPIC", "-Wno-unknown-pragmas"];

    /// <summary>Compiles one text.</summary>
    /// <param name="compiler"><c>gcc</c> or <c>g++</c>.</param>
    /// <param name="source">The text.</param>
    /// <param name="extension">Of its file.</param>
    /// <param name="includes">Folders of headers.</param>
    /// <returns>Path of the library.</returns>
    /// <exception cref="InvalidOperationException">There is no compiler, or it refuses the text.</exception>
    public static string Compile(string compiler, string source, string extension, params string[] includes)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "hgq-benchmarks")).FullName;
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16];
        string text = Path.Combine(folder, name + extension), library = Path.Combine(folder, name + ".so"), unfinished = library + ".part";
        if (File.Exists(library))
        {
            return library;
        }

        File.WriteAllText(text, source);
        var clock = Stopwatch.StartNew();
        using var process = Start(compiler, [.. Flags, .. includes.Select(include => "-I" + include), "-o", unfinished, text]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{compiler} does not compile {text} (exit code {process.ExitCode}).");
        }

        File.Move(unfinished, library, overwrite: true);
        Console.WriteLine(FormattableString.Invariant($"// {compiler} needed {clock.Elapsed.TotalSeconds:F1} s for {source.Length / 1024} KB"));
        return library;
    }

    private static Process Start(string compiler, string[] arguments)
    {
        try
        {
            return Process.Start(compiler, arguments);
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"{compiler} is needed for this measurement: {error.Message}", error);
        }
    }
}

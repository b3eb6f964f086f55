using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using HGQ.Cli.Terminal;
using HGQ.Model.Serialization;

namespace HGQ.Cli.CommandLine;

/// <summary>What becomes of an error that nobody expected: a file with everything we need, and one message that names it.</summary>
internal static class CrashReport
{
    /// <summary>Writes the file and tells.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception fault, MessageWriter messages)
    {
        string path = Path.Combine(
            Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"hgq-error-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt"));
        try
        {
            File.WriteAllText(path, Text(fault));
            messages.Error($"internal error: this is a fault of hgq and not of your input. Please report it, with this file: {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            messages.Error($"internal error: this is a fault of hgq and not of your input. Please report it; {path} can't be written ({FileFault.Describe(e)})");
        }

        return ExitCode.InternalError;
    }

    private static string Text(Exception fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        hgq       {typeof(CrashReport).Assembly.GetName().Version}
        runtime   {RuntimeInformation.FrameworkDescription}
        system    {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}
        command   {string.Join(" ", Environment.GetCommandLineArgs()[1..])}

        {fault}

        """);
}

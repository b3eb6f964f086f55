using System;
using System.IO;

namespace HGQ.HlsEmit.Tests;

/// <summary>A fact that needs the vendor's open headers, which are no part of this project: HGQ_AP_TYPES names their folder. Skipped, visibly, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkippableVendorFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery.</summary>
    public SkippableVendorFactAttribute() =>
        Skip = Folder is null ? "HGQ_AP_TYPES is not set to a folder with the vendor's ap_int.h" : null;

    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("HGQ_AP_TYPES") is { } folder && File.Exists(Path.Combine(folder, "ap_int.h")) ? folder : null;
}

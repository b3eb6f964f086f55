using System;
using System.IO;

namespace HGQ.HlsEmit.Tests;

/// <summary>A fact that needs the open headers of ac_types, which are no part of this project: HGQ_AC_TYPES names their folder.
/// Skipped, visibly, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcHeadersFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery.</summary>
    public AcHeadersFactAttribute() => Skip = Folder is null ? "HGQ_AC_TYPES is not set to a folder with ac_int.h of ac_types" : null;

    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("HGQ_AC_TYPES") is { } folder && File.Exists(Path.Combine(folder, "ac_int.h")) ? folder : null;
}

using System;
using System.IO;

namespace HGQ.Testing;

/// <summary>A fresh folder outside the repository that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("hgq-").FullName;

    /// <summary>Full path of something in the folder.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine(Path, System.IO.Path.Combine(parts));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System;
using System.IO;

namespace HGQ.Testing;

/// <summary>The folder that holds HGQ.sln, found from the folder of the running tests.</summary>
public static class RepositoryRoot
{
    /// <summary>Full path.</summary>
    public static string Path { get; } = Locate();

    /// <summary>Full path of something in the repository.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine(Path, System.IO.Path.Combine(parts));

    private static string Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "HGQ.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No HGQ.sln above {AppContext.BaseDirectory}.");
    }
}

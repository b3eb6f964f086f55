using System;
using HGQ.Model.Serialization;

namespace HGQ.HlsEmit;

/// <summary>
/// Writes a project to a new folder, or over an earlier emission. A manifest lists what was written: other files are never
/// overwritten without force, and never deleted.
/// </summary>
public static class HlsProjectWriter
{
    /// <summary>File that lists what an emission wrote, with the SHA-256 of each file.</summary>
    public const string ManifestName = ProjectFolder.ManifestName;

    /// <summary>Writes all files; each appears as a whole or not at all. Files of an earlier emission that are no part of this one are deleted if unchanged.</summary>
    /// <param name="project">The project.</param>
    /// <param name="directory">Folder; made where it does not exist.</param>
    /// <param name="force">Write into a folder that holds other things, and over files that this tool did not write.</param>
    /// <exception cref="HlsEmitException">The folder holds something that this tool did not write, or cannot be written.</exception>
    public static void Write(HlsProject project, string directory, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(directory);
        try
        {
            ProjectFolder.Write(project.Files, directory, force);
        }
        catch (ProjectFolderException error)
        {
            throw new HlsEmitException(error.Message, error.InnerException ?? error);
        }
    }
}

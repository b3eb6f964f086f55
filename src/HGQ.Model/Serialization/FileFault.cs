using System;
using System.IO;

namespace HGQ.Model.Serialization;

/// <summary>Says in our own words why a file can't be read or written.</summary>
internal static class FileFault
{
    /// <summary>A few words without a full stop, for example <c>no such file</c>.</summary>
    public static string Describe(Exception fault) => fault switch
    {
        FileNotFoundException => "no such file",
        DirectoryNotFoundException => "no such folder",
        PathTooLongException => "a path that is too long",
        UnauthorizedAccessException => "a file or folder without the permission",
        _ => fault.Message.TrimEnd('.'),
    };
}

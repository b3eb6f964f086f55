using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>Tells ordinary files from pipes, devices and sockets, which are written into and never replaced.</summary>
internal static class FileKind
{
    private const int CurrentFolder = -100;
    private const uint TypeWanted = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Whether a path, symbolic links followed, is there and neither an ordinary file nor a folder.</summary>
    public static bool IsSpecial(string path)
    {
        string full = Path.GetFullPath(path);
        if (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return true;
        }

        return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && TypeOf(full) is not (null or RegularFile or Folder);
    }

    // The bits of st_mode that say what it is; null where there is nothing. Opening a pipe to find out would wake the other end.
    private static int? TypeOf(string path)
    {
        var result = new byte[256];
        try
        {
            return Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), 0, TypeWanted, result) == 0
                ? BitConverter.ToUInt16(result, ModeOffset) & TypeMask
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without statx.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] result);
}

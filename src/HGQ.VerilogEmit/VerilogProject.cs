using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Serialization;

namespace HGQ.VerilogEmit;

/// <summary>An emitted project, not yet on disk.</summary>
/// <param name="Name">Name of the top module.</param>
/// <param name="Files">Text of each file by its path in the project, separated by <c>/</c>; in ordinal order.</param>
/// <param name="Report">What the project costs.</param>
/// <param name="Netlist">What is printed; of a stream position by position its circuits for all positions (<see cref="StreamUnrolling"/>),
/// null where that is large.</param>
/// <param name="Streams">What is printed of a stream position by position; else null.</param>
public sealed record VerilogProject(
    string Name, IReadOnlyDictionary<string, string> Files, VerilogReport Report, BitNetlist? Netlist, StreamDesign? Streams = null)
{
    /// <summary>Writes all files to a new folder, or over an earlier emission; each appears as a whole or not at all.</summary>
    /// <param name="directory">Folder; made where it does not exist.</param>
    /// <param name="force">Write into a folder that holds other things, and over files that this tool did not write.</param>
    /// <exception cref="VerilogEmitException">The folder holds something that this tool did not write, or cannot be written.</exception>
    public void Write(string directory, bool force = false)
    {
        try
        {
            ProjectFolder.Write(Files, directory, force);
        }
        catch (ProjectFolderException error)
        {
            throw new VerilogEmitException(error.Message, error);
        }
    }
}

using System.Collections.Generic;
using System.IO;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

public class CheckpointFileTests
{
    private static readonly Dictionary<string, byte[]> Sections = new() { ["b"] = [1, 2, 3], ["a"] = [] };

    [Fact]
    public void Sections_come_back()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("state");
        CheckpointFile.Write(path, Sections);
        IReadOnlyDictionary<string, byte[]> read = CheckpointFile.Read(path);
        Assert.Equal(2, read.Count);
        Assert.Equal([1, 2, 3], read["b"]);
        Assert.Empty(read["a"]);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_is_noticed()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("state");
        CheckpointFile.Write(path, Sections);
        byte[] good = File.ReadAllBytes(path);
        for (int i = 0; i < good.Length; i++)
        {
            File.WriteAllBytes(path, good[..i]);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Read(path));
            byte[] changed = [.. good];
            changed[i] ^= 0x10;
            File.WriteAllBytes(path, changed);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Read(path));
        }
    }

    [Fact]
    public void A_temporary_file_of_a_killed_run_does_not_matter()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("state");
        CheckpointFile.Write(path, Sections);
        File.WriteAllBytes(path + ".hgq.tmp", [1, 2]);
        Assert.Equal(2, CheckpointFile.Read(path).Count);
        CheckpointFile.Write(path, new Dictionary<string, byte[]> { ["c"] = [] });
        Assert.Equal(["c"], CheckpointFile.Read(path).Keys);
        Assert.Throws<CheckpointException>(() => CheckpointFile.Read(folder.Combine("none")));
    }
}

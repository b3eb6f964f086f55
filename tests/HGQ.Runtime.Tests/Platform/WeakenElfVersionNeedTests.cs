using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Runtime.Build;
using HGQ.Testing;
using Microsoft.Build.Framework;

namespace HGQ.Runtime.Tests.Platform;

/// <summary>The build step that makes TorchSharp load on systems without GLIBCXX_3.4.32, on the real library.</summary>
public sealed class WeakenElfVersionNeedTests
{
    private const string Library = "./libLibTorchSharp.so";
    private const string Version = "GLIBCXX_3.4.32";

    [ToolFact(Library)]
    public void The_build_has_put_the_weakened_library_beside_the_tests()
    {
        var file = ReadLibrary();

        Assert.Equal(2, file[FlagAt(file)]);
        Assert.Equal(0, ElfVersionNeeds.Weaken(file, Version));
    }

    [ToolFact(Library)]
    public void A_damaged_copy_is_repaired_by_one_byte_and_only_once()
    {
        var repaired = ReadLibrary();
        var file = Damaged(repaired);

        Assert.Equal(1, ElfVersionNeeds.Weaken(file, Version));
        Assert.Equal(repaired, file);
        Assert.Equal(0, ElfVersionNeeds.Weaken(file, Version));
        Assert.Equal(repaired, file);
    }

    [ToolFact(Library)]
    public void Versions_that_the_library_does_not_need_change_nothing()
    {
        var file = ReadLibrary();
        var before = (byte[])file.Clone();

        Assert.Equal(0, ElfVersionNeeds.Weaken(file, "GLIBCXX_3.4.3"));
        Assert.Equal(0, ElfVersionNeeds.Weaken(file, "GLIBCXX_3.4.320"));
        Assert.Equal(before, file);
    }

    [ToolFact(Library)]
    public void The_task_writes_a_new_file_and_leaves_the_source_and_the_file_that_stood_there()
    {
        using var folder = new TemporaryFolder();
        var repaired = ReadLibrary();
        var damaged = Damaged(repaired);
        var source = folder.Combine("cache.so");
        var destination = folder.Combine("out", "copy.so");
        File.WriteAllBytes(source, damaged);
        Directory.CreateDirectory(folder.Combine("out"));
        File.WriteAllText(destination, "before");
        // An open file is what a hard link is: the old file under another name.
        using var old = new StreamReader(new FileStream(destination, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        var task = new WeakenElfVersionNeed { Source = source, Destination = destination, Version = Version };

        Assert.True(task.Execute());
        Assert.True(task.Execute());
        Assert.Equal(repaired, File.ReadAllBytes(destination));
        Assert.Equal(damaged, File.ReadAllBytes(source));
        Assert.Equal("before", old.ReadToEnd());
        Assert.Equal(["copy.so"], Directory.GetFiles(folder.Combine("out")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ and the rest of a file of another system, long enough to hold a header of sixty-four bytes")]
    public void A_file_of_another_kind_is_copied_as_it_came_with_a_warning(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("a.dll"), text);
        var engine = new RecordingEngine();
        var task = new WeakenElfVersionNeed { BuildEngine = engine, Source = folder.Combine("a.dll"), Destination = folder.Combine("b.dll"), Version = Version };

        Assert.True(task.Execute());
        Assert.Equal(text, File.ReadAllText(folder.Combine("b.dll")));
        var warning = Assert.Single(engine.Warnings);
        Assert.Equal("HGQ9001", warning.Code);
        Assert.Contains("not a 64-bit little-endian ELF file", warning.Message);
    }

    [ToolFact(Library)]
    public void Cut_and_changed_files_are_refused_or_read_and_nothing_else()
    {
        var file = ReadLibrary();
        for (var length = 0; length < file.Length; length += 9973)
        {
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(file[..length], Version));
        }

        // Each byte of the file header, and of the table around the version, takes its most hostile values.
        var places = Enumerable.Range(0, 64).Concat(Enumerable.Range(FlagAt(file) - 160, 320));
        foreach (var (place, value) in places.SelectMany(place => new byte[] { 0, 0x7f, 0xff }.Select(value => (place, value))))
        {
            var saved = file[place];
            file[place] = value;
            var changed = (byte[])file.Clone();
            var error = Record.Exception(() => ElfVersionNeeds.Weaken(changed, Version));
            Assert.True(error is null or InvalidDataException, $"byte {place} = {value}: {error}");
            file[place] = saved;
        }
    }

    private static byte[] ReadLibrary() => File.ReadAllBytes(HostTools.Find(Library)!);

    private static byte[] Damaged(byte[] repaired)
    {
        var file = (byte[])repaired.Clone();
        file[FlagAt(file)] = 0;
        return file;
    }

    // Found another way than the build step finds it: an entry starts with the hash of its version's name, and then come the flags.
    private static int FlagAt(byte[] file)
    {
        var hash = 0u;
        foreach (var letter in Version)
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ high >> 24) & ~high;
        }

        var at = file.AsSpan().IndexOf(BitConverter.GetBytes(hash));
        Assert.True(at > 0);
        return at + 4;
    }

    private sealed class RecordingEngine : IBuildEngine
    {
        internal List<BuildWarningEventArgs> Warnings { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "";

        public bool BuildProjectFile(string file, string[] targets, System.Collections.IDictionary properties, System.Collections.IDictionary outputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public void LogErrorEvent(BuildErrorEventArgs e) => Assert.Fail(e.Message);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);
    }
}

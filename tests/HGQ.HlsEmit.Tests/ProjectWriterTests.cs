using System;
using System.IO;
using System.Linq;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

public sealed class ProjectWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HlsProject Project { get; } = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_written_as_they_are()
    {
        var path = _folder.Combine("new", "folder");
        HlsProjectWriter.Write(Project, path);
        Assert.All(Project.Files, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(path, file.Key))));
        Assert.Equal(Project.Files.Count + 1, Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void A_folder_with_other_things_is_refused_and_left_alone()
    {
        File.WriteAllText(_folder.Combine("thesis.txt"), "mine");
        var error = Assert.Throws<HlsEmitException>(() => HlsProjectWriter.Write(Project, _folder.Path));
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void An_earlier_emission_is_replaced_and_what_it_did_not_write_stays()
    {
        HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Subtract(), new HlsOptions()), _folder.Path);
        File.WriteAllText(_folder.Combine("notes.txt"), "mine");
        File.AppendAllText(_folder.Combine("firmware", "layers", "coarse.h"), "// changed by hand\n");
        HlsProjectWriter.Write(Project, _folder.Path);
        Assert.Equal("mine", File.ReadAllText(_folder.Combine("notes.txt")));
        Assert.False(File.Exists(_folder.Combine("firmware", "layers", "coarse.cpp")));
        Assert.True(File.Exists(_folder.Combine("firmware", "layers", "coarse.h")), "a file changed by hand is not deleted");
    }

    [Fact]
    public void A_foreign_file_in_the_way_needs_force()
    {
        HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Subtract(), new HlsOptions()), _folder.Path);
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TopName = "other" });
        File.WriteAllText(_folder.Combine("firmware", "other.h"), "mine");
        Assert.Throws<HlsEmitException>(() => HlsProjectWriter.Write(project, _folder.Path));
        Assert.Equal("mine", File.ReadAllText(_folder.Combine("firmware", "other.h")));
        HlsProjectWriter.Write(project, _folder.Path, force: true);
        Assert.Equal(project.Files["firmware/other.h"], File.ReadAllText(_folder.Combine("firmware", "other.h")));
    }

    [Fact]
    public void A_manifest_cannot_reach_out_of_its_folder()
    {
        var outside = _folder.Combine("outside.txt");
        File.WriteAllText(outside, "");
        var path = _folder.Combine("project");
        Directory.CreateDirectory(path);
        File.WriteAllText(
            Path.Combine(path, HlsProjectWriter.ManifestName),
            "hgq-emitted 1\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ../outside.txt\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  Makefile\n");
        HlsProjectWriter.Write(Project, path);
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void An_unchanged_file_is_not_touched()
    {
        HlsProjectWriter.Write(Project, _folder.Path);
        var old = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.Combine("Makefile"), old);
        HlsProjectWriter.Write(Project, _folder.Path);
        Assert.Equal(old, File.GetLastWriteTimeUtc(_folder.Combine("Makefile")));
    }
}

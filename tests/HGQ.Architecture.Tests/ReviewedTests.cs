using System;
using System.IO;
using System.Linq;
using System.Reflection;
using HGQ.Testing;
using PublicApiGenerator;

namespace HGQ.Architecture.Tests;

/// <summary>
/// What changes only on purpose: the public API of each package, and the arrows between the folders of each project. Renewed by
/// <c>HGQ_UPDATE_GOLDENS=1 dotnet test -c Release tests/HGQ.Architecture.Tests</c>; the difference is read before it is committed.
/// </summary>
public sealed class ReviewedTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    // The projects whose folders still use each other in circles. The list only gets shorter.
    private static readonly string[] WithCycles = ["HGQ.HlsEmit"];

    public static TheoryData<string> Assemblies => [.. BuiltAssembly.All.Select(assembly => assembly.Name)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_api_is_the_one_that_was_reviewed(string name)
    {
        // The tool's folder holds all assemblies, and those that they refer to.
        string folder = Path.GetDirectoryName(BuiltAssembly.All.Single(assembly => assembly.Name == "hgq").Path)!;
        string api = Assembly.LoadFrom(Path.Combine(folder, name + ".dll")).GeneratePublicApi(Options);
        GoldenText.AssertEqual(Reviewed("PublicApi", name + ".txt"), api.Replace("\r\n", "\n", StringComparison.Ordinal).Trim() + "\n");
    }

    [Fact]
    public void Folders_use_only_the_folders_that_they_may_use()
    {
        var arrows = BuiltAssembly.All.SelectMany(assembly => FolderArrows.Of(assembly.Path)).Distinct().Order(StringComparer.Ordinal);
        GoldenText.AssertEqual(Reviewed("FolderArrows.txt"), string.Concat(arrows.Select(arrow => arrow + "\n")));
    }

    /// <summary>A folder that is behind itself has no place in an order of reading (<see cref="FolderArrows.Rooms"/>).</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_folder_of_a_project_is_behind_itself(string name)
    {
        var rooms = FolderArrows.Rooms(BuiltAssembly.All.Single(assembly => assembly.Name == name).Path);
        string[] circular = [.. rooms.Select(room => room.Key).Where(room => FolderArrows.Behind(room, rooms).Contains(room)).Order()];
        if (WithCycles.Contains(name))
        {
            Assert.True(circular.Length > 0, $"{name} has no cycle left: take it from the list, so that none comes back.");
            return;
        }

        Violations.AssertNone(
            circular.Select(room => $"{name}: {room} -> {string.Join(", ", rooms[room].Where(circular.Contains).Order())}"));
    }

    /// <summary>Who decides writes nothing.</summary>
    [Fact]
    public void Planning_of_generated_code_sees_no_writer() => Violations.AssertNone(
        FolderArrows.Of(BuiltAssembly.All.Single(assembly => assembly.Name == "HGQ.Generators").Path).Distinct()
            .Where(arrow => arrow.StartsWith("HGQ.Generators: Planning", StringComparison.Ordinal))
            .Where(arrow => arrow.Split(" -> ")[1] is "Text" or "Lanes"
                || arrow.Split(" -> ")[1].StartsWith("Printing", StringComparison.Ordinal)));

    private static string Reviewed(params string[] parts) => RepositoryRoot.Combine(["tests", "HGQ.Architecture.Tests", "Reviewed", .. parts]);
}

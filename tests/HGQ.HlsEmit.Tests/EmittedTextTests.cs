using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>What no emitted file may hold, whatever the model.</summary>
public sealed partial class EmittedTextTests
{
    private static readonly IReadOnlyDictionary<string, string> Files =
        HlsEmitter.Emit(Lowerer.Lower(AnyNetwork.Create(11, 8, 5)), new HlsOptions(), "{}").Files;

    [Fact]
    public void Nothing_in_the_data_path_is_computed_in_floating_point() => Assert.All(
        Files.Where(file => file.Key.StartsWith("firmware/", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(FloatingPoint(), Comments().Replace(file.Value, "")));

    [Fact]
    public void The_firmware_includes_nothing_but_the_types_and_its_own_headers() => Assert.All(
        Files.Where(file => file.Key.StartsWith("firmware/", StringComparison.Ordinal)).SelectMany(file => Include().Matches(file.Value)),
        include => Assert.Contains(include.Groups[1].Value, new[] { "ap_int.h", "ap_fixed.h", "type_traits" }));

    [Fact]
    public void No_file_names_a_folder_of_this_machine_or_the_day()
    {
        using var folder = new TemporaryFolder();
        var files = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TemplateDirectory = folder.Path }, "{}").Files.Values.Concat(Files.Values);
        string[] traces = [folder.Path, Path.GetTempPath(), AppContext.BaseDirectory, Environment.CurrentDirectory, "/home/", DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)];
        Assert.All(files, text => Assert.All(traces.Where(trace => trace.Length > 3), trace => Assert.DoesNotContain(trace, text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_end_with_a_line_feed() => Assert.All(Files, file => Assert.False(file.Value.Contains('\r', StringComparison.Ordinal), file.Key));

    [GeneratedRegex(@"\b(double|float|exp|tanh|log|pow|sqrt)\b|\bstd::(?!remove_reference)")]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("#include <([^>]*)>")]
    private static partial Regex Include();
}

using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HGQ.Generators.Pipeline;

/// <summary>An additional file that is a model.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text; null where it can't be read.</param>
/// <param name="ClassName">Item metadata HgqClassName, or empty.</param>
/// <param name="Namespace">Item metadata HgqNamespace, or the project's root namespace.</param>
internal sealed record ModelFileText(string Path, string? Text, string ClassName, string Namespace)
{
    private const string Extension = ".hgq.json";

    public static bool IsModel(AdditionalText file) => file.Path.EndsWith(Extension, System.StringComparison.OrdinalIgnoreCase);

    public static ModelFileText Read((AdditionalText File, AnalyzerConfigOptionsProvider Options) input, CancellationToken cancellation)
    {
        var options = input.Options.GetOptions(input.File);
        options.TryGetValue("build_metadata.AdditionalFiles.HgqClassName", out string? className);
        if (!options.TryGetValue("build_metadata.AdditionalFiles.HgqNamespace", out string? @namespace) || @namespace.Length == 0)
        {
            input.Options.GlobalOptions.TryGetValue("build_property.RootNamespace", out @namespace);
        }

        return new ModelFileText(
            input.File.Path, input.File.GetText(cancellation)?.ToString(), className?.Trim() ?? string.Empty, @namespace?.Trim() ?? string.Empty);
    }

    /// <summary>Whether the path ends with the given one, whole folders at a time, with either slash.</summary>
    public bool EndsWith(string file)
    {
        string path = Normalised(Path), end = Normalised(file).TrimStart('/');
        end = end.StartsWith("./", System.StringComparison.Ordinal) ? end.Substring(2) : end;
        return path == end || path.EndsWith("/" + end, System.StringComparison.Ordinal);
    }

    /// <summary>Whether the file is the given one, relative to the folder of a source file.</summary>
    public bool IsRelativeTo(string sourcePath, string file)
        => Normalised(Path) == Normalised(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(sourcePath) ?? string.Empty, file));

    private static string Normalised(string path) => path.Replace('\\', '/');
}

using System.Linq;
using System.Threading;
using HGQ.Model;
using HGQ.Model.Serialization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HGQ.Generators.Pipeline;

/// <summary>An additional file that is a model, or that an attribute names.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text; null where it can't be read.</param>
/// <param name="ClassName">Item metadata HgqClassName, or empty.</param>
/// <param name="Namespace">Item metadata HgqNamespace, or the project's root namespace.</param>
internal sealed record ModelFileText(string Path, string? Text, string ClassName, string Namespace)
{
    private const string ClassNameKey = "build_metadata.AdditionalFiles.HgqClassName";

    /// <summary>Whether it gives a class though no attribute names it: by its ending, or because the project names the class.</summary>
    public bool IsModel => ClassName.Length > 0 || IsModelName(Path);

    /// <summary>Whether a file is a model by itself, or one that an attribute names.</summary>
    public static bool IsWanted(((AdditionalText File, AnalyzerConfigOptionsProvider Options) Input, EquatableArray<string> Named) input)
    {
        string path = input.Input.File.Path;
        return IsModelName(path)
            || (input.Input.Options.GetOptions(input.Input.File).TryGetValue(ClassNameKey, out string? name) && name.Trim().Length > 0)
            || input.Named.Any(file => EndsWith(path, System.IO.Path.GetFileName(Normalised(file))));
    }

    public static ModelFileText Read((AdditionalText File, AnalyzerConfigOptionsProvider Options) input, CancellationToken cancellation)
    {
        var options = input.Options.GetOptions(input.File);
        options.TryGetValue(ClassNameKey, out string? className);
        if (!options.TryGetValue("build_metadata.AdditionalFiles.HgqNamespace", out string? @namespace) || @namespace.Length == 0)
        {
            // A project's name that is no namespace becomes one; what was written for the file is taken as it is.
            input.Options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? root);
            @namespace = CSharpNames.NamespaceOf(root?.Trim() ?? string.Empty);
        }

        return new ModelFileText(
            input.File.Path, input.File.GetText(cancellation)?.ToString(), className?.Trim() ?? string.Empty, @namespace?.Trim() ?? string.Empty);
    }

    /// <summary>Whether the path ends with the given one, whole folders at a time, with either slash.</summary>
    public bool EndsWith(string file) => EndsWith(Path, file);

    private static bool EndsWith(string whole, string file)
    {
        string path = Normalised(whole), end = Normalised(file).TrimStart('/');
        end = end.StartsWith("./", System.StringComparison.Ordinal) ? end.Substring(2) : end;
        return path == end || path.EndsWith("/" + end, System.StringComparison.Ordinal);
    }

    /// <summary>Whether the file is the given one, relative to the folder of a source file.</summary>
    public bool IsRelativeTo(string sourcePath, string file)
        => Normalised(Path) == Normalised(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(sourcePath) ?? string.Empty, file));

    private static bool IsModelName(string path) => path.EndsWith(ModelFile.Extension, System.StringComparison.OrdinalIgnoreCase);

    private static string Normalised(string path) => path.Replace('\\', '/');
}

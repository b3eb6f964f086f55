using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Scriban;
using Scriban.Runtime;

namespace HGQ.HlsEmit.Text;

/// <summary>Renders the templates: the built-in ones, or those of a folder that has a file of the same relative path.</summary>
/// <remarks>Every setting of the engine that could change or cut the output is set here and nowhere else.</remarks>
internal sealed class TemplateRenderer
{
    /// <summary>Ending of a template's file.</summary>
    public const string Extension = ".sbn";

    private const string ResourcePrefix = "Templates/";

    private static readonly ConcurrentDictionary<string, Template> BuiltIn = new(StringComparer.Ordinal);

    private readonly string? _folder;

    /// <summary>Creates a renderer.</summary>
    /// <param name="folder">Folder with replacements, or null.</param>
    /// <exception cref="HlsOptionException">The folder holds a template that replaces nothing.</exception>
    public TemplateRenderer(string? folder)
    {
        _folder = folder;
        if (folder is null)
        {
            return;
        }

        var unknown = Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(name => !Names.Contains(name, StringComparer.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new HlsOptionException(
                nameof(HlsOptions.TemplateDirectory), $"The template '{unknown}' replaces nothing; the right ones are: {string.Join(", ", Names)}.");
        }
    }

    /// <summary>Relative paths of all templates.</summary>
    public static IReadOnlyList<string> Names { get; } = typeof(TemplateRenderer).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(name => name[ResourcePrefix.Length..].Replace('\\', '/'))
        .OrderBy(name => name, StringComparer.Ordinal).ToArray();

    /// <summary>Relative paths of all built-in files, templates or not.</summary>
    public static IEnumerable<string> Resources => typeof(TemplateRenderer).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Select(name => name[ResourcePrefix.Length..].Replace('\\', '/'));

    /// <summary>The text of a built-in file.</summary>
    public static string Resource(string name)
    {
        var assembly = typeof(TemplateRenderer).Assembly;
        var resource = assembly.GetManifestResourceNames().First(n => n.Replace('\\', '/') == ResourcePrefix + name);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Renders a template with the members of an object; members are named in snake case.</summary>
    /// <exception cref="HlsEmitException">The template is wrong; the message says where.</exception>
    public string Render(string name, object model)
    {
        var template = Load(name);
        var globals = new ScriptObject();
        globals.Import(model);
        var context = NewContext();
        context.PushGlobal(globals);
        try
        {
            return template.Render(context);
        }
        catch (Scriban.Syntax.ScriptRuntimeException error)
        {
            throw new HlsEmitException($"The template {name} failed: {error.Message}", error);
        }
    }

    /// <summary>A context with the settings every template relies on.</summary>
    internal static TemplateContext NewContext() => new()
    {
        // The defaults stop a loop after 1,000 turns and silently cut the output at 1 MiB.
        LoopLimit = 0,
        LoopLimitQueryable = 0,
        LimitToString = 0,
        ObjectRecursionLimit = 0,
        StrictVariables = true,
        EnableRelaxedMemberAccess = false,
        EnableRelaxedTargetAccess = false,
        EnableRelaxedFunctionAccess = false,
        EnableRelaxedIndexerAccess = false,
        NewLine = "\n",
    };

    private static Template Parse(string name, string text)
    {
        var template = Template.Parse(text, name);
        return template.HasErrors ? throw new HlsEmitException($"The template {name} is wrong: {string.Join(" ", template.Messages)}") : template;
    }

    private Template Load(string name)
    {
        var replacement = _folder is null ? null : Path.Combine(_folder, name);
        return replacement is not null && File.Exists(replacement)
            ? Parse(replacement, File.ReadAllText(replacement).ReplaceLineEndings("\n"))
            : BuiltIn.GetOrAdd(name, static n => Parse(n, Resource(n)));
    }
}

using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using Scriban;
using Scriban.Runtime;

namespace HGQ.VerilogEmit.Text;

/// <summary>Renders the templates. Every setting of the engine that could change or cut the output is set here and nowhere else.</summary>
internal static class TemplateRenderer
{
    private const string ResourcePrefix = "Templates/";

    private static readonly ConcurrentDictionary<string, Template> Parsed = new(StringComparer.Ordinal);

    /// <summary>The text of a file that is no template.</summary>
    public static string Resource(string name)
    {
        var assembly = typeof(TemplateRenderer).Assembly;
        string resource = assembly.GetManifestResourceNames().First(n => n.Replace('\\', '/') == ResourcePrefix + name);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Renders a template with the members of an object; members are named in snake case.</summary>
    public static string Render(string name, object model)
    {
        var globals = new ScriptObject();
        globals.Import(model);

        // The defaults stop a loop after 1,000 turns and silently cut the output at 1 MiB.
        var context = new TemplateContext
        {
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
        context.PushGlobal(globals);
        return Parsed.GetOrAdd(name, Parse).Render(context);
    }

    private static Template Parse(string name)
    {
        var template = Template.Parse(Resource(name), name);
        return template.HasErrors
            ? throw new InvalidOperationException($"The template {name} is wrong: {string.Join(" ", template.Messages)}") : template;
    }
}

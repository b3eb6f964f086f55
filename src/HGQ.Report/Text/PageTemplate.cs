using System;
using System.IO;
using System.Linq;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace HGQ.Report.Text;

/// <summary>Renders the page. Everything that is no <see cref="Markup"/> is escaped, so that a template can't forget it.</summary>
internal static class PageTemplate
{
    private const string Prefix = "Templates/";
    private const string Page = "report.html.sbn";
    private const string Style = "report.css";

    /// <summary>Renders the page with the members of an object; members are named in snake case.</summary>
    public static string Render(object model)
    {
        var globals = new ScriptObject();
        globals.Import(model);
        globals["style"] = new Markup(Resource(Style));

        // The defaults stop a loop after 1,000 turns and silently cut the output at 1 MiB.
        var context = new EscapingContext
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
        var template = Template.Parse(Resource(Page), Page);
        return template.HasErrors
            ? throw new InvalidOperationException($"The template {Page} is wrong: {string.Join(" ", template.Messages)}")
            : template.Render(context);
    }

    private static string Resource(string name)
    {
        var assembly = typeof(PageTemplate).Assembly;
        string resource = assembly.GetManifestResourceNames().First(n => n.Replace('\\', '/') == Prefix + name);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private sealed class EscapingContext : TemplateContext
    {
        public override TemplateContext Write(SourceSpan span, object? textAsObject)
        {
            string? text = textAsObject is Markup markup ? markup.Text
                : textAsObject is null ? null
                : PlainText.Escape(ObjectToString(textAsObject) ?? "");
            if (text is not null)
            {
                Write(text);
            }

            return this;
        }
    }
}

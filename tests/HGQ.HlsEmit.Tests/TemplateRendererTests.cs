using System.IO;
using System.Linq;
using HGQ.HlsEmit.Text;
using HGQ.Testing;
using Scriban;

namespace HGQ.HlsEmit.Tests;

public sealed class TemplateRendererTests
{
    [Fact]
    public void Loops_have_no_limit() => Assert.Equal(2_000_001, Rendered("{{ for i in 0..2000000 }}x{{ end }}").Length);

    [Fact]
    public void Output_has_no_limit() => Assert.Equal(3_000_000, Rendered("{{ for i in 1..3 }}{{ text }}{{ end }}", new string('x', 1_000_000)).Length);

    [Fact]
    public void Values_have_no_limit() => Assert.Equal(2_000_000, Rendered("{{ text }}", new string('x', 2_000_000)).Length);

    [Fact]
    public void Lists_that_are_made_in_a_template_have_no_limit() => Assert.Equal("2001", Rendered("{{ (1..2001) | array.size }}"));

    [Fact]
    public void Nested_values_have_no_limit()
    {
        object nested = "x";
        for (int level = 0; level < 100; level++)
        {
            nested = new Scriban.Runtime.ScriptArray { nested };
        }

        Assert.Contains("x", Rendered("{{ nested }}", nested: nested), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_variables_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ nothing }}"));

    [Fact]
    public void Members_of_nothing_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ empty.member }}"));

    [Fact]
    public void Unknown_members_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ text.nothing.more }}"));

    [Fact]
    public void Unknown_functions_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ text.nothing 1 }}"));

    [Fact]
    public void Elements_of_nothing_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ empty[0] }}"));

    [Fact]
    public void Elements_behind_the_end_are_errors() => Assert.Throws<Scriban.Syntax.ScriptRuntimeException>(() => Rendered("{{ list[3] }}"));

    [Fact]
    public void Lines_end_with_a_line_feed() => Assert.Equal("a\nb\n", Rendered("a\n{{ 'b' }}\n"));

    [Fact]
    public void The_line_feed_of_the_engine_is_ours() => Assert.Equal("\n", TemplateRenderer.NewContext().NewLine);

    [Fact]
    public void Every_template_parses() => Assert.All(TemplateRenderer.Names, name => Assert.False(Template.Parse(TemplateRenderer.Resource(name)).HasErrors));

    [Fact]
    public void A_folder_replaces_single_templates()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("firmware"));
        File.WriteAllText(folder.Combine("firmware", "top.h.sbn"), "// mine: {{ top }}\r\n");
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TemplateDirectory = folder.Path });
        Assert.Equal("// mine: small\n", project.Files["firmware/small.h"]);
        Assert.StartsWith("// Types of the ports", project.Files["firmware/types.h"], System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_replaces_nothing_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("tob.h.sbn"), "");
        var error = Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TemplateDirectory = folder.Path }));
        Assert.Contains("firmware/top.h.sbn", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_template_says_where()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("Makefile.sbn"), "a\n{{ nothing }}\n");
        var error = Assert.Throws<HlsEmitException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TemplateDirectory = folder.Path }));
        Assert.Contains("Makefile.sbn", error.Message, System.StringComparison.Ordinal);
        Assert.Contains("2", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void No_marker_is_left_in_any_file() => Assert.All(
        HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions()).Files.Where(file => !file.Key.EndsWith(".json", System.StringComparison.Ordinal)),
        file => Assert.False(file.Value.Contains("{{", System.StringComparison.Ordinal) || file.Value.Contains("@loop", System.StringComparison.Ordinal) || file.Value.Contains('\r'), file.Key));

    private static string Rendered(string template, string text = "", object? nested = null)
    {
        var context = TemplateRenderer.NewContext();
        context.PushGlobal(new Scriban.Runtime.ScriptObject { ["text"] = text, ["empty"] = null, ["nested"] = nested, ["list"] = new Scriban.Runtime.ScriptArray { 1, 2 } });
        return Template.Parse(template).Render(context);
    }
}

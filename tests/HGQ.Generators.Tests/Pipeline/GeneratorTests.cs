using System.Linq;
using HGQ.Generators.Tests.Emission;
using HGQ.Model.Serialization;
using Microsoft.CodeAnalysis;
using static HGQ.Generators.Tests.Pipeline.GeneratorHarness;

namespace HGQ.Generators.Tests.Pipeline;

public class GeneratorTests
{
    private static readonly string Model = ModelWriter.Write(new RandomModels(7).Dense(6));

    [Fact]
    public void A_model_file_becomes_a_class_named_after_it()
    {
        var (sources, problems, compiler) = Run("class C { int n = Consumer.JetTagger.InputSize; int M() => n; }", new ModelText("/project/jet-tagger.hgq.json", Model));

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Contains("namespace Consumer;", Assert.Single(sources));
        Assert.Contains("public static partial class JetTagger", sources[0]);
    }

    [Fact]
    public void Item_metadata_names_class_and_namespace()
    {
        var (sources, _, compiler) = Run("class C { int M() => N.M.Tagger.OutputSize; }", new ModelText("/project/a.hgq.json", Model, "Tagger", "N.M"));

        Assert.Empty(compiler);
        Assert.Single(sources);
    }

    [Theory]
    [InlineData("namespace A.B { [HGQ.HgqModel(\"jets.hgq.json\")] internal static partial class Jets; class C { int M() => Jets.InputSize; } }")]
    [InlineData("using HGQ; partial class Outer { partial struct Middle { [HgqModel(\"models/jets.hgq.json\")] internal sealed partial class Jets { } } int M() => Middle.Jets.InputSize; }")]
    [InlineData("using HGQ; [HgqModel(\"jets.hgq.json\")] partial class A { public static int Run(int x) => x; public static int Other => 1; int M() => Run(Other) + InputSize; }")]
    public void An_attributed_class_gets_the_members(string source)
    {
        var (sources, problems, compiler) = Run(source, new ModelText("/project/models/jets.hgq.json", Model));

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Single(sources);
    }

    [Fact]
    public void The_text_is_that_of_the_command_line()
    {
        var (sources, _, _) = Run(string.Empty, new ModelText("/project/jets.hgq.json", Model));

        Assert.Equal(ModelSource.Generate(Model, new CSharpOptions("Consumer", "Jets")), Assert.Single(sources));
    }

    [Theory]
    [InlineData("[HGQ.HgqModel(\"other.hgq.json\")] static partial class A;", "HGQ0101")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] static class A { }", "HGQ0102")]
    [InlineData("class O { [HGQ.HgqModel(\"jets.hgq.json\")] static partial class A; }", "HGQ0102")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] static partial class A<T>;", "HGQ0105")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial record A;", "HGQ0110")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial record struct A;", "HGQ0110")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial struct A;", "HGQ0110")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial interface A;", "HGQ0110")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] file static partial class A;", "HGQ0110")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial class A { int Formats; }", "HGQ0113")]
    [InlineData("[HGQ.HgqModel(\"jets.hgq.json\")] partial class A { class Table0 { } }", "HGQ0113")]
    public void A_class_that_cannot_be_completed_is_told_why_at_its_name(string source, string id)
    {
        var (_, problems, _) = Run(source, new ModelText("/project/jets.hgq.json", Model));

        var problem = Assert.Single(problems);
        Assert.Equal(id, problem.Id);
        Assert.Equal("/project/Code.cs", problem.Location.GetLineSpan().Path);
        Assert.Equal(source.IndexOf(" A", System.StringComparison.Ordinal) + 1, problem.Location.GetLineSpan().StartLinePosition.Character);
    }

    [Theory]
    [InlineData("public static void Predict(System.ReadOnlySpan<double> x, System.Span<double> y) { }", true)]
    [InlineData("static void Predict(in System . ReadOnlySpan < System.Double > a, System.Span<double> b) { }", true)]
    [InlineData("static int InputSize() => 1;", true)]
    [InlineData("static void Predict(System.ReadOnlySpan<double> x) { }", false)]
    [InlineData("static void Predict(System.ReadOnlySpan<double> x, System.Span<long> y, int n) { }", false)]
    [InlineData("static void Predict<T>(System.ReadOnlySpan<double> x, System.Span<double> y) { }", false)]
    [InlineData("A(int jets) { } int Jets { get; }", false)]
    public void A_member_that_is_generated_too_is_told_at_its_name(string member, bool isTold)
    {
        string source = "[HGQ.HgqModel(\"jets.hgq.json\")] partial class A\n{\n    " + member + "\n}";

        var (_, problems, compiler) = Run(source, new ModelText("/project/jets.hgq.json", Model));

        Assert.DoesNotContain(compiler, static problem => problem.Id is "CS0111" or "CS0102");
        var told = problems.Where(static problem => problem.Id == "HGQ0113");
        Assert.Equal(isTold ? [2] : [], told.Select(static problem => problem.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Fact]
    public void Two_files_of_one_class_are_refused_the_second_time()
    {
        var (sources, problems, _) = Run(string.Empty, new ModelText("/project/a/jets.hgq.json", Model), new ModelText("/project/b/jets.hgq.json", Model));

        Assert.Single(sources);
        Assert.Equal("HGQ0103", Assert.Single(problems).Id);
    }

    [Fact]
    public void A_name_that_two_files_have_is_ambiguous()
    {
        var (_, problems, _) = Run(
            "[HGQ.HgqModel(\"jets.hgq.json\")] static partial class A;",
            new ModelText("/project/a/jets.hgq.json", Model, "First"),
            new ModelText("/project/b/jets.hgq.json", Model, "Second"));

        Assert.Equal("HGQ0106", Assert.Single(problems).Id);
    }

    [Theory]
    [InlineData("1a", "")]
    [InlineData("class", "")]
    [InlineData("record", "")]
    [InlineData("Predict", "")]
    [InlineData("A", "N..M")]
    [InlineData("A", "N.class")]
    [InlineData("A", "N.1")]
    [InlineData("A", ".")]
    public void Names_that_are_none_are_refused(string className, string @namespace)
        => Assert.Equal("HGQ0104", Assert.Single(Run(string.Empty, new ModelText("/project/a.hgq.json", Model, className, @namespace)).Problems).Id);

    [Fact]
    public void An_error_in_the_model_points_into_the_file()
    {
        string broken = Model.Replace("\"version\": 1", "\"version\": 2");
        int line = broken[..broken.IndexOf("\"version\"", System.StringComparison.Ordinal)].Count(c => c == '\n');

        var problem = Assert.Single(Run(string.Empty, new ModelText("/project/a.hgq.json", broken)).Problems);

        Assert.Equal("HGQ0013", problem.Id);
        Assert.Equal("/project/a.hgq.json", problem.Location.GetLineSpan().Path);
        Assert.Equal(line, problem.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[[[[")]
    [InlineData("{\"format\": \"hgq-model\", \"version\": 1}")]
    public void No_content_makes_the_generator_throw(string text)
    {
        var driver = Driver(new ModelText("/project/a.hgq.json", text)).RunGenerators(Compilation(string.Empty));

        Assert.Null(driver.GetRunResult().Results[0].Exception);
        Assert.Contains(driver.GetRunResult().Diagnostics, d => d.Severity == DiagnosticSeverity.Error && d.Id.StartsWith("HGQ00", System.StringComparison.Ordinal));
    }

    [Fact]
    public void The_size_is_reported_as_information()
    {
        var driver = Driver(new ModelText("/project/a.hgq.json", Model)).RunGenerators(Compilation(string.Empty));

        var info = Assert.Single(driver.GetRunResult().Diagnostics);
        Assert.Equal(("HGQ0107", DiagnosticSeverity.Info), (info.Id, info.Severity));
    }

    [Fact]
    public void A_framework_without_512_bit_vectors_is_named()
    {
        var driver = Driver(new ModelText("/project/a.hgq.json", Model)).RunGenerators(Compilation(string.Empty, []));

        Assert.Equal("HGQ0108", Assert.Single(driver.GetRunResult().Diagnostics).Id);
    }
}

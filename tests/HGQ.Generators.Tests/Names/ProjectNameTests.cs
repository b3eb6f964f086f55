using System;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Names;
using Microsoft.CodeAnalysis;
using static HGQ.Generators.Tests.Pipeline.GeneratorHarness;

namespace HGQ.Generators.Tests.Names;

/// <summary>The generator in projects whose files, classes and types have unlucky names.</summary>
public sealed class ProjectNameTests
{
    private static readonly string Model = SmallModel.Text;

    [Fact]
    public void Models_of_any_name_stand_beside_each_other_and_beside_types_of_a_user()
    {
        string[] files = ["Predict", "Math", "Task", "Span", "System", "Vector256", "InputSize", "Unsafe", "HGQ", "Run2", "global", "Console", "Object", "con", "record"];

        var (sources, problems, compiler) = Run(
            HostileProject.Source("Consumer").Replace("class Math { public", "class Maths { public", StringComparison.Ordinal).Replace("class Task { public", "class Tasks { public", StringComparison.Ordinal)
                .Replace("class Unsafe { public", "class Unsafes { public", StringComparison.Ordinal).Replace("class Vector256 { public", "class Vectors { public", StringComparison.Ordinal)
                .Replace("class Object { public", "class Objects { public", StringComparison.Ordinal).Replace("Consumer.global", "Consumer.other", StringComparison.Ordinal).Replace("class Span { public", "class Spans { public", StringComparison.Ordinal),
            [.. files.Select(file => new ModelText($"/project/{file}.hgq.json", Model))]);

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Equal(files.Length, sources.Length);
        Assert.Contains(sources, source => source.Contains("public static partial class PredictModel", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_named_as_its_member_is_told_so_at_its_name()
    {
        var problem = Assert.Single(Run("[HGQ.HgqModel(\"a.hgq.json\")] static partial class Predict;", new ModelText("/project/a.hgq.json", Model)).Problems);

        Assert.Equal(("HGQ0111", "/project/Code.cs"), (problem.Id, problem.Location.GetLineSpan().Path));
        Assert.Contains("PredictModel", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_named_as_the_namespace_of_another_is_refused()
    {
        var problem = Assert.Single(Run(string.Empty, new ModelText("/project/a.hgq.json", Model, "Math", "Acme"), new ModelText("/project/b.hgq.json", Model, "Linear", "Acme.Math.Deep")).Problems);

        Assert.Equal(("HGQ0112", "/project/a.hgq.json"), (problem.Id, problem.Location.GetLineSpan().Path));
    }

    [Fact]
    public void Classes_that_differ_in_case_only_are_two()
    {
        var (sources, problems, compiler) = Run(string.Empty, new ModelText("/project/a.hgq.json", Model, "Jets"), new ModelText("/project/b.hgq.json", Model, "JETS"));

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Equal(2, sources.Length);
    }

    [Theory]
    [InlineData("/project/x.json", "x.json")]
    [InlineData("/project/models/x.txt", "models/x.txt")]
    [InlineData("/project/x", "x")]
    public void An_attribute_takes_any_additional_file(string path, string file)
    {
        var (sources, problems, compiler) = Run($"[HGQ.HgqModel(\"{file}\")] static partial class A;", new ModelText(path, Model), new ModelText("/project/other.json", "{}"));

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Single(sources);
    }

    [Fact]
    public void A_file_with_a_class_name_is_a_model_whatever_its_extension()
        => Assert.Single(Run(string.Empty, new ModelText("/project/x.json", Model, "X"), new ModelText("/project/y.json", Model)).Sources);

    [Theory]
    [InlineData("namespace @class.@namespace { [HGQ.HgqModel(\"a.hgq.json\")] static partial class @void; }")]
    [InlineData("namespace N { partial class @event { [HGQ.HgqModel(\"a.hgq.json\")] public partial class @int; } }")]
    [InlineData("namespace N { partial interface System { [HGQ.HgqModel(\"a.hgq.json\")] public partial class Memory; } }")]
    public void Names_that_are_escaped_stay_so(string source)
    {
        var (sources, problems, compiler) = Run(source, new ModelText("/project/a.hgq.json", Model));

        Assert.Empty(problems);
        Assert.Empty(compiler);
        Assert.Single(sources);
    }

    [Theory]
    [InlineData("partial class A", true)]
    [InlineData("sealed partial class A", true)]
    [InlineData("static partial class A", false)]
    public void A_class_that_is_not_static_implements_the_interface(string declaration, bool implements)
    {
        string use = implements ? "class C { HGQ.IHgqModel M() => new A(); }" : string.Empty;
        var driver = Driver(new ModelText("/project/a.hgq.json", Model)).RunGeneratorsAndUpdateCompilation(
            Compilation($"[HGQ.HgqModel(\"a.hgq.json\")] public {declaration}; {use}"), out var compilation, out _);

        Assert.DoesNotContain(compilation.GetDiagnostics(), problem => problem.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal(implements, driver.GetRunResult().GeneratedTrees.Any(tree => tree.FilePath.EndsWith("IHgqModel.g.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_interface_of_a_referenced_project_is_taken()
    {
        const string declaration = "[HGQ.HgqModel(\"a.hgq.json\")] public partial class {0};";
        Driver(new ModelText("/project/a.hgq.json", Model)).RunGeneratorsAndUpdateCompilation(
            Compilation(declaration.Replace("{0}", "A", StringComparison.Ordinal)).WithAssemblyName("first"), out var first, out _);
        Driver(new ModelText("/project/a.hgq.json", Model)).RunGeneratorsAndUpdateCompilation(
            Compilation(declaration.Replace("{0}", "B", StringComparison.Ordinal) + " class C { HGQ.IHgqModel[] M() => [new A(), new B()]; }").AddReferences(first.ToMetadataReference()), out var second, out _);

        Assert.DoesNotContain(second.GetDiagnostics(), problem => problem.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public void An_instance_gives_what_the_class_gives()
    {
        Driver(new ModelText("/project/a.hgq.json", Model)).RunGeneratorsAndUpdateCompilation(
            Compilation("[HGQ.HgqModel(\"a.hgq.json\")] public partial class A; public static class C { public static float[] M(float[] x) { HGQ.IHgqModel m = new A(); float[] y = new float[3]; "
                + "m.Predict(x, System.MemoryExtensions.AsMemory(y, 0, 2)); y[2] = m.Classify(x); return y; } }"), out var compilation, out _);
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext("instance", isCollectible: true);
        float[] inputs = [1.25f, 0.5f];
        var results = (float[])context.LoadFromStream(image).GetType("C")!.GetMethod("M")!.Invoke(null, [inputs])!;
        context.Unload();

        // q(x) = (20, 8) / 16; K = [[1, -2], [3, 4]] / 4; relu.
        Assert.Equal([(1.25f / 4) + (0.5f * 3 / 4), 0, 0], results);
    }

    [Fact]
    public void A_model_with_several_outputs_has_no_class()
    {
        var graph = HostileModel.Create("m", ["a", "b", "c", "d", "e", "f"], ["y", "z"]);

        Assert.Contains("NotSupportedException", ModelSource.Generate(graph, Lowerer.Lower(graph), new CSharpOptions("N", "C") { ImplementsInterface = true }), StringComparison.Ordinal);
        Assert.Equal(2, ModelReader.Read(ModelWriter.Write(graph)).Outputs.Length);
    }
}

using System.Linq;
using HGQ.Generators.Pipeline;
using HGQ.Generators.Tests.Emission;
using HGQ.Model.Serialization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static HGQ.Generators.Tests.Pipeline.GeneratorHarness;

namespace HGQ.Generators.Tests.Pipeline;

public class IncrementalityTests
{
    private static readonly string[] Names =
    [
        TrackingNames.ModelFiles, TrackingNames.ModelClasses, TrackingNames.Requests, TrackingNames.Files, TrackingNames.Sources, TrackingNames.Diagnostics,
    ];

    private static readonly string Model = ModelWriter.Write(new RandomModels(7).Dense(6));

    [Fact]
    public void An_unrelated_edit_generates_nothing_anew()
    {
        var compilation = Compilation("[HGQ.HgqModel(\"jets.hgq.json\")] static partial class A;");
        var driver = Driver(new ModelText("/project/jets.hgq.json", Model)).RunGenerators(compilation);

        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", new CSharpParseOptions(LanguageVersion.CSharp12))));

        var steps = driver.GetRunResult().Results[0].TrackedSteps;
        foreach (string name in Names)
        {
            Assert.All(
                steps[name].SelectMany(step => step.Outputs),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name}: {output.Reason}"));
        }
    }

    [Fact]
    public void A_changed_model_is_generated_anew_and_others_are_not()
    {
        ModelText first = new("/project/a.hgq.json", Model), second = new("/project/b.hgq.json", Model);
        var compilation = Compilation(string.Empty);
        var driver = Driver(first, second).RunGenerators(compilation);
        var changed = new ModelText("/project/b.hgq.json", ModelWriter.Write(new RandomModels(8).Dense(6)));

        driver = driver.ReplaceAdditionalText(second, changed).RunGenerators(compilation);

        var reasons = driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Files].SelectMany(step => step.Outputs).Select(output => output.Reason).ToArray();
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], reasons);
    }

    [Fact]
    public void Equal_requests_are_equal_values()
        => Assert.Equal(
            new ModelRequest("a", "text", new CSharpOptions("N", "C") { ContainingTypes = new[] { "partial class O" } }, default),
            new ModelRequest("a", "text", new CSharpOptions("N", "C") { ContainingTypes = new[] { "partial class O" } }, default));
}

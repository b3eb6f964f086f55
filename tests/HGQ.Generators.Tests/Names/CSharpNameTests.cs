using System;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Generators.Text;
using HGQ.Generators.Tests.Emission;
using HGQ.Model.FixedPoint;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Names;
using Microsoft.CodeAnalysis;

namespace HGQ.Generators.Tests.Names;

public sealed partial class CSharpNameTests
{
    [Fact]
    public void The_list_of_members_is_that_of_generated_classes()
    {
        string[] sources = [.. Enumerable.Range(0, 6).Select(seed => new RandomModels(seed).Dense(6)).Append(ModelReader.Read(SmallModel.Text)).Append(new StandardizedInputs(1, 200, RoundingMode.RoundHalfUp, OverflowMode.Saturate).Graph())
            .Select((graph, n) => ModelSource.Generate(graph.WithClasses(["a"]), Lowerer.Lower(graph), new CSharpOptions("N", "M" + n)))];
        var compilation = HostileProject.Compilation(sources);
        var members = Enumerable.Range(0, sources.Length).SelectMany(n => compilation.GetTypeByMetadataName("N.M" + n)!.GetMembers())
            .Where(member => !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null })
            .Select(member => member.Name).Distinct().Where(name => !LayerMethod().IsMatch(name)).ToArray();

        Assert.Contains("Predict", members);
        Assert.All(members, name => Assert.True(ClassMembers.Contains(name), name));
        Assert.All(members, name => Assert.Contains("choose another name", CSharpNames.ProblemOfClass(name, "N"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a..b", "empty part")]
    [InlineData(".a", "empty part")]
    [InlineData("a.", "empty part")]
    [InlineData("a.class", "keyword")]
    [InlineData("1a.b", "begins with a digit")]
    [InlineData("a.b-c", "no C# name")]
    [InlineData("a b", "no C# name")]
    [InlineData("a.\u202eb", "no C# name")]
    [InlineData("a.\u200bb", "no C# name")]
    [InlineData("@class", "no C# name")]
    public void A_namespace_that_is_none_is_refused(string text, string why) => Assert.Contains(why, CSharpNames.ProblemOfNamespace(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("Größe.模型._1")]
    [InlineData("System.Math")]
    public void A_namespace_is_taken(string text) => Assert.Null(CSharpNames.ProblemOfNamespace(text));

    [Theory]
    [InlineData("my-app", "my_app")]
    [InlineData("1st.app", "_1st.app")]
    [InlineData("a..class", "a._class")]
    [InlineData("Acme.App", "Acme.App")]
    public void The_name_of_a_project_becomes_a_namespace(string project, string space) => Assert.Equal(space, CSharpNames.NamespaceOf(project));

    [Theory]
    [InlineData("Predict.hgq.json", "PredictModel")]
    [InlineData("input-size.hgq.json", "InputSizeModel")]
    [InlineData("System.hgq.json", "SystemModel")]
    [InlineData("Math.hgq.json", "Math")]
    [InlineData("1.hgq.json", "Model1")]
    public void A_class_is_named_after_its_file(string file, string name) => Assert.Equal(name, CSharpNames.ClassNameOf("models/" + file));

    [Theory]
    [InlineData("record", "N")]
    [InlineData("Predict", "N")]
    [InlineData("Table12", "N")]
    [InlineData("Run_x", "N")]
    [InlineData("System", "")]
    [InlineData("a.b", "N")]
    public void A_class_name_that_cannot_be_is_refused(string name, string space) => Assert.NotNull(CSharpNames.ProblemOfClass(name, space));

    [Fact]
    public void Methods_of_layers_differ_whatever_numbers_the_names_end_with()
    {
        var graph = HostileModel.Create("m", ["x0", "x1", "q", "q_", "a", "a1", "a11", "a_1", "a_11", "a111", "a1_1", "A1", "A", "_A", "a__1", "A 1", "b", "b1", "B", "B1", "B11", "b11", "b_11", "b-1"], ["y", "z"]);

        Assert.Empty(HostileProject.Problems(HostileProject.Compilation(ModelSource.Generate(graph, Lowerer.Lower(graph), new CSharpOptions("N", "A12")))));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*[0-9](x[0-9a-f]+)?(Indices)?_")]
    private static partial Regex LayerMethod();
}

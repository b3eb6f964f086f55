using System;
using System.IO;
using System.Linq;
using System.Reflection;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Model.Tests.Serialization;

/// <summary>Codes, their catalogue and their page agree.</summary>
public sealed class ErrorCatalogueTests
{
    [Fact]
    public void Every_code_is_in_the_catalogue_once_and_in_order()
    {
        string[] constants = [.. Constants(typeof(ModelErrorCodes)).Concat(Constants(typeof(GraphErrorCodes))).Order(StringComparer.Ordinal)];
        Assert.Equal(constants, ModelErrorCodes.All.Select(entry => entry.Id));
        Assert.Equal(constants, constants.Distinct());
    }

    [Fact]
    public void The_page_explains_every_code_in_the_words_of_the_catalogue()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "model-errors.md"));
        foreach (ModelErrorDescriptor entry in ModelErrorCodes.All)
        {
            Assert.Contains($"## {entry.Id}: {entry.Title}\n\n{entry.Explanation}\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_example_of_the_format_page_is_what_the_writer_prints()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "model-format.md"));
        string example = page.Split("```json\n")[1].Split("```")[0];
        Assert.Equal(example, ModelWriter.Write(ModelReader.Read(example)));
    }

    private static string[] Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}

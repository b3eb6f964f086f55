using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Threading.Tasks;
using HGQ.Model.Serialization;
using HGQ.Testing;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace HGQ.Model.Tests.Serialization;

/// <summary>The published schema accepts what the project writes, and refuses what the reader refuses for its form.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ModelSchema.ReadText()));

    // What a schema can say; the rest (fitting shapes, ranges of formats, order) is the reader's alone.
    private static readonly string[] FormCodes =
    [
        ModelErrorCodes.UnknownMember, ModelErrorCodes.MissingMember, ModelErrorCodes.WrongType, ModelErrorCodes.IntegerOutOfRange,
        ModelErrorCodes.NotAModel, ModelErrorCodes.UnsupportedVersion, ModelErrorCodes.UnknownWord, ModelErrorCodes.WrongInputCount,
    ];

    [Fact]
    public void The_program_carries_the_published_schema() =>
        Assert.Equal(File.ReadAllText(RepositoryRoot.Combine("docs", "hgq-model.schema.json")), ModelSchema.ReadText());

    [Fact]
    public async Task Random_models_of_every_kind_are_valid()
    {
        JsonSchema schema = await Schema.Value;
        for (int seed = 0; seed < 60; seed++)
        {
            Assert.Empty(Problems(schema, ModelWriter.Write(RandomGraph.Create(seed))));
        }
    }

    [Fact]
    public async Task Every_model_file_of_the_repository_is_valid_and_can_be_read()
    {
        JsonSchema schema = await Schema.Value;
        Assert.Empty(Problems(schema, SmallModel.Text));
        foreach (string folder in new[] { "samples", "tests", "benchmarks", "docs" })
        {
            foreach (string path in Directory.GetFiles(RepositoryRoot.Combine(folder), "*" + ModelFile.Extension, SearchOption.AllDirectories))
            {
                if (path.Contains("Broken", StringComparison.Ordinal) || path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
                {
                    continue;
                }

                Assert.Empty(Problems(schema, File.ReadAllText(path)));
                Assert.NotNull(ModelReader.ReadFile(path));
            }
        }
    }

    [Fact]
    public async Task Mistakes_of_form_are_invalid()
    {
        JsonSchema schema = await Schema.Value;
        foreach (object[] mistake in ReaderErrorTests.Mistakes)
        {
            string text = ReaderErrorTests.Damaged((string)mistake[0], (string)mistake[1], (string)mistake[2]);
            Assert.True(
                !FormCodes.Contains((string)mistake[0]) || Problems(schema, text).Any(), $"valid in spite of {mistake[0]}: {mistake[2]}");
        }
    }

    private static IEnumerable<string> Problems(JsonSchema schema, string text)
    {
        JToken root = JToken.Parse(text);
        foreach (JValue number in root.SelectTokens("$..*").OfType<JValue>().Where(value => value.Value is BigInteger).ToArray())
        {
            // The validator compares numbers as decimals, which it can't make of a BigInteger; 64 bits fit a ulong.
            var big = (BigInteger)number.Value!;
            number.Value = big.Sign >= 0 && big <= ulong.MaxValue ? (ulong)big : null;
        }

        return schema.Validate(root).Select(problem => $"{problem.Path}: {problem.Kind}");
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Model.Tests.Serialization;

/// <summary>What is written is read back equal, and written again to the same bytes.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Random_graphs_survive_and_bytes_repeat() =>
        Gen.Int.Holds(
            seed =>
            {
                ModelGraph graph = RandomGraph.Create(seed);
                string text = ModelWriter.Write(graph);
                ModelGraph read = ModelReader.Read(text);
                return read == graph && ModelWriter.Write(read) == text && !text.Contains('\r', StringComparison.Ordinal);
            },
            iter: 400);

    [Fact]
    public void Random_graphs_have_layers_of_every_kind()
    {
        var kinds = new HashSet<Type>();
        for (int seed = 0; seed < 200; seed++)
        {
            kinds.UnionWith(RandomGraph.Create(seed).Layers.Select(layer => layer.GetType()));
        }

        Type[] all = [.. typeof(LayerNode).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerNode)))];
        Assert.Equal(all.Select(type => type.Name).Order(), kinds.Select(type => type.Name).Order());
    }

    [Fact]
    public void Bytes_do_not_depend_on_the_culture()
    {
        string hostile = ModelWriter.Write(RandomGraph.Create(7));
        using (HostileCulture.Enter(CultureInfo.InvariantCulture))
        {
            Assert.Equal(hostile, ModelWriter.Write(RandomGraph.Create(7)));
        }
    }

    [Fact]
    public void Member_order_and_blanks_of_a_file_do_not_matter()
    {
        const string reordered =
            """
            {"outputs":[{"layer":"q","name":"y"}],"layers":[{"shape":[2],"kind":"input","name":"x"},
            {"quantizer":{"overflow":"Wrap","rounding":"RoundHalfUp","f":3,"i":[2,1],"k":1,"shape":[2]},"inputs":["x"],"kind":"quantize","name":"q"}],
            "name":"m","version":1,"format":"hgq-model"}
            """;
        string written = ModelWriter.Write(ModelReader.Read(reordered));
        Assert.Equal(
            """
            {
              "format": "hgq-model",
              "version": 1,
              "name": "m",
              "metadata": {},
              "layers": [
                {
                  "name": "x",
                  "kind": "input",
                  "shape": [2]
                },
                {
                  "name": "q",
                  "kind": "quantize",
                  "inputs": ["x"],
                  "quantizer": {
                    "shape": [2],
                    "k": 1,
                    "i": [2,1],
                    "f": 3,
                    "rounding": "RoundHalfUp",
                    "overflow": "Wrap"
                  }
                }
              ],
              "outputs": [
                {
                  "name": "y",
                  "layer": "q"
                }
              ]
            }

            """,
            written);
    }

    [Fact]
    public void Matrix_rows_stand_on_lines_of_their_own()
    {
        string text = ModelWriter.Write(ModelReader.Read(SmallModel.Text));
        Assert.Contains("\n        \"raw\": [\n          [1,-2],\n          [3,4]\n        ]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_tolerated()
    {
        byte[] marked = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(SmallModel.Text)];
        Assert.Equal(ModelReader.Read(SmallModel.Text), ModelReader.Read(marked));
        Assert.Equal(ModelReader.Read(SmallModel.Text), ModelReader.Read("\uFEFF" + SmallModel.Text));
    }

    [Fact]
    public void Metadata_stays_as_it_was_in_order()
    {
        const string metadata = """{"z": [1.50, {"a" : -0e+1}], "title": "a\u00e9 \\ \" b", "classes": ["x y", "é"], "n": null}""";
        ModelGraph graph = ModelReader.Read(SmallModel.With("\"metadata\": {}", "\"metadata\": " + metadata));
        Assert.Equal(["z", "title", "classes", "n"], graph.Metadata.Entries.Select(entry => entry.Name));
        Assert.Equal("""[1.50,{"a":-0e+1}]""", graph.Metadata.Find("z"));
        Assert.Equal("""
            "a\u00e9 \\ \" b"
            """, graph.Metadata.Find("title"));
        Assert.Equal("""["x y","é"]""", graph.Metadata.Find("classes"));
        Assert.Equal("null", graph.Metadata.Find("n"));
        Assert.Equal(graph, ModelReader.Read(ModelWriter.Write(graph)));
    }

    [Fact]
    public void Metadata_that_is_no_JSON_is_never_written()
    {
        ModelGraph graph = ModelReader.Read(SmallModel.Text);
        foreach (string json in new[] { "", "{", "1 2", "\"", "\uD800", "1}, \"x\": {" })
        {
            ModelGraph broken = graph with { Metadata = new ModelMetadata(default, new MetadataEntry[] { new("entry", json) }) };
            Assert.Throws<ModelFormatException>(() => ModelWriter.Write(broken));
        }
    }

    [Fact]
    public void Files_are_replaced_in_one_step()
    {
        string folder = Directory.CreateTempSubdirectory("hgq-model-").FullName;
        try
        {
            string path = Path.Combine(folder, "m.hgq.json");
            ModelGraph first = RandomGraph.Create(1);
            ModelGraph second = RandomGraph.Create(2);
            ModelWriter.WriteFile(first, path);
            Assert.Equal(first, ModelReader.ReadFile(path));
            ModelWriter.WriteFile(second, path);
            Assert.Equal(second, ModelReader.ReadFile(path));
            Assert.Throws<ModelGraphException>(() => ModelWriter.WriteFile(second with { Outputs = default }, path));
            Assert.Equal(second, ModelReader.ReadFile(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal(Encoding.UTF8.GetBytes(ModelWriter.Write(second)), File.ReadAllBytes(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Sign_magnitude_wrap_can_be_read_and_is_refused_by_the_lowering()
    {
        ModelGraph graph = ModelReader.Read(SmallModel.With("\"overflow\": \"Wrap\"", "\"overflow\": \"WrapSignMagnitude\""));
        Assert.Equal(graph, ModelReader.Read(ModelWriter.Write(graph)));
        var refusal = Assert.Throws<ModelGraphException>(() => HGQ.Model.Lowering.Lowerer.Lower(graph));
        Assert.Equal((GraphErrorCodes.UnsupportedOverflow, "q"), (refusal.Code, refusal.Layer));
    }
}

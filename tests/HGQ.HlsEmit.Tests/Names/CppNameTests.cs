using System;
using System.Linq;
using HGQ.HlsEmit.Text;
using HGQ.Model.Lowering;
using HGQ.Model.Naming;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Names;

namespace HGQ.HlsEmit.Tests.Names;

/// <summary>Names in C++, one by one.</summary>
public sealed class CppNameTests
{
    [Theory]
    [InlineData("jets", "jets")]
    [InlineData("jet tagger-2", "jet_tagger_2")]
    [InlineData("a", "a")]
    [InlineData("file", "model_file")]
    [InlineData("string", "model_string")]
    [InlineData("String", "model_String")]
    [InlineData("con", "model_con")]
    [InlineData("main", "model_main")]
    [InlineData("ap_uint", "model_ap_uint")]
    [InlineData("exp", "model_exp")]
    [InlineData("7", "model_7")]
    [InlineData("", "model")]
    [InlineData("模型", "model")]
    public void A_model_names_the_top_function(string model, string top) => Assert.Equal(top, CppName.Top(model));

    [Theory]
    [InlineData("conv_1", "conv_1")]
    [InlineData("ap_int", "layer_ap_int")]
    [InlineData("unix", "layer_unix")]
    [InlineData("probe", "layer_probe")]
    [InlineData("HGQ_PROBES", "layer_HGQ_PROBES")]
    [InlineData("NAN", "layer_NAN")]
    [InlineData("aux", "layer_aux")]
    [InlineData("__x__", "x")]
    [InlineData("*/", "layer")]
    public void A_layer_names_a_function(string layer, string name) => Assert.Equal(name, CppName.Layer(layer));

    [Fact]
    public void Long_names_are_shortened_and_differ()
    {
        string first = CppName.Layer(new string('L', 300) + "1"), second = CppName.Layer(new string('L', 300) + "2");

        Assert.Equal(64, first.Length);
        Assert.StartsWith("LLLL", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal(first, CppName.Layer(new string('L', 300) + "1"));
    }

    [Theory]
    [InlineData("b??/", "b? /")]
    [InlineData("b\\", "b")]
    [InlineData("a*/b", "a* b")]
    [InlineData("a/*b", "a/ b")]
    [InlineData("a\nb\u2028c\u0085d\u202ee\0f", "a b c d e f")]
    [InlineData("a????/b", "a? ? /b")]
    [InlineData("Größe 😀", "Größe 😀")]
    public void A_comment_is_not_ended_and_not_continued(string name, string comment) => Assert.Equal(comment, NameText.Comment(name));

    [Theory]
    [InlineData("file")]
    [InlineData("run")]
    [InlineData("exp")]
    [InlineData("vector")]
    [InlineData("unix")]
    public void A_top_function_that_is_asked_for_is_no_name_of_others(string top) => Assert.Contains(
        $"for example 'model_{top}'",
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { TopName = top })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Everything_that_the_test_bench_declares_is_a_word_that_no_top_function_has()
        => Assert.All(["file", "word", "number", "expect", "same", "check", "run", "run_file", "codes_size", "main", "ap_int", "ap_q_mode", "hls"], word => Assert.Contains(word, CppWords.Global));

    [Fact]
    public void Usual_names_stay()
    {
        string[] usual = ["x", "input", "features", "dense", "dense_1", "conv2d", "relu", "q", "layer", "d1", "flatten", "softmax", "values", "A", "B2"];

        Assert.All(usual, name => Assert.Equal(name, CppName.Layer(name)));
        Assert.All(usual.Where(name => name != "values"), name => Assert.Equal(name, CppName.Port(name)));
        Assert.Empty(NameText.Comment("\ud800"));
    }

    [Fact]
    public void A_port_keeps_its_name_and_a_layer_of_the_same_does_not()
    {
        var graph = HostileModel.Create("m", ["x", "u", "x_t", "v", "x_stream", "x_result"], ["x_t", "z"]);
        var files = HlsEmitter.Emit(Lowerer.Lower(graph), new HlsOptions()).Files;

        Assert.Contains("firmware/layers/x_t_2.h", files.Keys);
        Assert.Contains(files["firmware/m.h"].Split('\n'), line => line.Contains("m_layers::x_t x[2]", StringComparison.Ordinal));
    }

    [ToolTheory("g++", "make")]
    [InlineData("ap_int")]
    [InlineData("x_t")]
    [InlineData("b??/")]
    [InlineData("q_wires")]
    [InlineData("d_kernel")]
    [InlineData("probes")]
    [InlineData("a\\")]
    [InlineData("300 letters")]
    public void A_layer_of_any_name_is_simulated(string layer)
        => HlsRun.AssertEqual(ModelReader.Read(SmallModel.Text.Replace("\"q\"", ModelWriterText(layer == "300 letters" ? new string('L', 300) : layer), StringComparison.Ordinal)));

    [ToolTheory("g++", "make")]
    [InlineData("file")]
    [InlineData("string")]
    [InlineData("ap_uint")]
    [InlineData("types")]
    [InlineData("small_layers")]
    [InlineData("AP")]
    [InlineData("HGQ")]
    public void A_model_of_any_name_is_simulated(string model)
        => HlsRun.AssertEqual(ModelReader.Read(SmallModel.Text.Replace("\"small\"", ModelWriterText(model), StringComparison.Ordinal)));

    private static string ModelWriterText(string name) => System.Text.Json.JsonSerializer.Serialize(name);
}

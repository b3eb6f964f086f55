using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using HGQ.HlsEmit.Adders;
using HGQ.Model.Graph;

namespace HGQ.HlsEmit.Tests;

public sealed class CostTests
{
    [Fact]
    public void Signed_digits_add_up_and_no_two_are_neighbours()
    {
        for (var value = -4096; value <= 4096; value++)
        {
            var digits = SignedDigits.Of(value);
            Assert.Equal(value, digits.Sum(digit => (digit.Negative ? -1 : 1) << digit.Shift));
            Assert.All(digits.Zip(digits.Skip(1)), pair => Assert.True(pair.Second.Shift >= pair.First.Shift + 2));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(64, 1)]
    [InlineData(7, 2)]
    [InlineData(-23, 3)]
    [InlineData(long.MaxValue, 2)]
    [InlineData(long.MinValue, 1)]
    public void The_fewest_digits_are_used(long value, int digits) => Assert.Equal(digits, SignedDigits.Of(new BigInteger(value)).Count);

    [Fact]
    public void The_report_counts_what_is_emitted()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions());
        var layer = project.Report.Layers.Single(l => l.Layer == "layer");

        // 3·x0 has two digits, −16·x2 one and the bias one: 3 adders. −5·x0 two, 12·x1 two, 7·x2 two and the bias one: 6 adders.
        Assert.Equal(9, layer.AdderCount);
        Assert.Empty(layer.Multipliers);
        Assert.Equal((18, 8), (layer.InputBits, layer.OutputBits));
        Assert.Equal((6, 5), (layer.Weights, layer.NonzeroWeights));
        using var json = JsonDocument.Parse(project.Files["report.json"]);
        Assert.Equal(project.Report.Luts, json.RootElement.GetProperty("luts").GetInt64());
        Assert.Equal("layer", json.RootElement.GetProperty("layers")[1].GetProperty("layer").GetString());
        Assert.Contains("| layer | Dense | [2] | 18 | 8 | 5 / 6 |", project.Files["report.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_has_every_number_of_every_layer()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Attention(), new HlsOptions());
        using var json = JsonDocument.Parse(project.Files["report.json"]);
        var written = json.RootElement.GetProperty("layers").EnumerateArray().ToArray();
        Assert.Equal(project.Report.Layers.Count, written.Length);
        Assert.All(project.Report.Layers.Zip(written), pair =>
        {
            var (layer, found) = pair;
            Assert.Equal(layer.Layer, found.GetProperty("layer").GetString());
            Assert.Equal((layer.InputBits, layer.OutputBits), (found.GetProperty("inputBits").GetInt32(), found.GetProperty("outputBits").GetInt32()));
            Assert.Equal((layer.Weights, layer.NonzeroWeights), (found.GetProperty("weights").GetInt32(), found.GetProperty("nonzeroWeights").GetInt32()));
            Assert.Equal(layer.Ebops, found.GetProperty("ebops").GetDouble());
            Assert.Equal(layer.Adders, found.GetProperty("adders").EnumerateObject().ToDictionary(a => int.Parse(a.Name, CultureInfo.InvariantCulture), a => a.Value.GetInt32()));
            Assert.Equal(
                layer.Multipliers.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key.Left}x{m.Key.Right}={m.Value}")),
                found.GetProperty("multipliers").EnumerateObject().Select(m => $"{m.Name}={m.Value.GetRawText()}"));
            Assert.Equal((layer.TableBits, layer.SelectorBits), (found.GetProperty("tableBits").GetInt64(), found.GetProperty("selectorBits").GetInt64()));
            Assert.Equal(
                (layer.MultiplexerLuts, layer.FifoBits, layer.LineBufferBits),
                (found.GetProperty("multiplexerLuts").GetInt64(), found.GetProperty("fifoBits").GetInt64(),
                    found.GetProperty("lineBufferBits").GetInt64()));
            Assert.Equal((layer.Luts, layer.Dsps, layer.Depth), (found.GetProperty("luts").GetInt64(), found.GetProperty("dsps").GetInt64(), found.GetProperty("depth").GetInt32()));
        });
        Assert.DoesNotContain(0, new[] { project.Report.Layers.Sum(l => l.TableBits), project.Report.Luts, project.Report.Depth });
        var heads = project.Files["report.md"].Split('\n').First(line => line.StartsWith("| layer |", StringComparison.Ordinal));
        Assert.Equal("| layer | kind | shape | bits in | bits out | weights not 0 | EBOPs | adders | multipliers | LUT | DSP | depth | clocks | FF |", heads);
        Assert.Contains("- layer, multipliers: ", project.Files["report.md"], StringComparison.Ordinal);
        Assert.Contains("- layer_softmax_sum: ", project.Files["report.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void Multipliers_stand_where_both_operands_vary() =>
        Assert.Equal(12, HlsEmitter.Emit(SmallPrograms.MatMul(), new HlsOptions()).Report.Layers.Sum(layer => layer.Multipliers.Values.Sum()));

    [Fact]
    public void Sums_share_what_they_have_in_common()
    {
        // Both outputs hold x0 + x1, once shifted and once negative: 1 shared adder and one for each output.
        var layer = new DenseLayer("layer", "q", SmallPrograms.Constants([3, 2], 4, -1, 4, -1, 1, 8), null, ActivationKind.Linear, null);
        var project = HlsEmitter.Emit(SmallPrograms.Lower([3], layer), new HlsOptions());
        Assert.Equal(3, project.Report.Layers.Single(l => l.Layer == "layer").AdderCount);
        Assert.Contains("const ap_int<7> t0 = x.v[0] + x.v[1];", project.Files["firmware/layers/layer.cpp"], StringComparison.Ordinal);
    }

    /// <summary>Three codes of 6 bits in, two of 4 bits out; a LUT chooses one of four inputs.</summary>
    [Theory]
    [InlineData(HlsBus.Packed, null, HlsIoType.Parallel, 0)]
    [InlineData(HlsBus.AxiStream, 32, HlsIoType.Parallel, 0)]
    [InlineData(HlsBus.AxiStream, 8, HlsIoType.Parallel, 3 + 4)]
    [InlineData(HlsBus.AxiMaster, 16, HlsIoType.Parallel, 2)]
    [InlineData(HlsBus.AxiStream, 32, HlsIoType.Stream, 6 + 3 + 4 + 4)]
    public void A_bus_costs_what_chooses_words_and_elements(HlsBus bus, int? bits, HlsIoType io, int luts)
    {
        var options = new HlsOptions { Vectors = 0, Bus = bus, WordBits = bits, IoType = io };
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), options);
        Assert.Equal(luts, project.Report.BusLuts);
        Assert.Contains($"takes about {luts} LUT beside these", project.Files["report.md"], System.StringComparison.Ordinal);
        Assert.Contains($"\"busLuts\": {luts},", project.Files["report.json"], System.StringComparison.Ordinal);
        Assert.Null(HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Vectors = 0 }).Report.BusLuts);
    }
}

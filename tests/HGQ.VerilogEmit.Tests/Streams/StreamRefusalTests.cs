using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests.Streams;

/// <summary>What does not work position by position is refused with the layer and the way out.</summary>
public sealed class StreamRefusalTests
{
    private static readonly FixedPointFormat Code = new(true, 2, 2);

    [Fact]
    public void Formats_that_differ_between_positions_are_refused()
    {
        var mixed = new TensorFormat(TensorShape.Of(6, 1), Enumerable.Range(0, 6).Select(p => new FixedPointFormat(true, 2 + (p % 3), 1))
            .ToArray());
        Assert.Equal(
            "'second' does not work position by position: it stands behind 'first', which needs a whole sample: "
            + "its formats or what it does differ from position to position. All positions at once do it (--io wires)",
            Refusal(Conv("first", "q", new QuantizerSpec(mixed, RoundingMode.Truncate, OverflowMode.Wrap)), Conv("second", "first", null)));
    }

    [Fact]
    public void A_vector_several_inputs_and_windows_at_the_border_are_refused_by_name()
    {
        Assert.StartsWith("'q' does not work position by position: a sample of it is one position", Message(SmallNets.Dense4x3),
            StringComparison.Ordinal);
        Assert.StartsWith("'r' does not work position by position: the model has 2 inputs", Message(SmallNets.Product),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'pool' does not work position by position: its window is another one at some positions",
            Refusal(new PoolLayer("pool", "q", PoolKind.Max, new[] { 3 }, new[] { 1 }, PaddingKind.Same, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_beside_others_is_refused()
    {
        var graph = StreamGraphs.Create(0);
        var two = graph with { Outputs = new[] { new ModelOutput("early", graph.Layers[graph.Layers.Length - 2].Name), graph.Outputs[0] } };
        Assert.Contains("it is a result beside others", Message(two), StringComparison.Ordinal);
    }

    private static string Refusal(params LayerNode[] layers)
    {
        var input = TensorShape.Of(6, 1);
        LayerNode[] all =
        [
            new InputLayer("x", input),
            new QuantizeLayer("q", "x", new QuantizerSpec(TensorFormat.Uniform(input, Code), RoundingMode.Truncate, OverflowMode.Wrap)),
            .. layers,
        ];
        return Message(new ModelGraph("net", all, new[] { new ModelOutput("y", layers[^1].Name) }, ModelMetadata.Empty));
    }

    private static ConvLayer Conv(string name, string input, QuantizerSpec? quantizer) => new(
        name, input, new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(3, 1, 1), Code), new long[] { 3, -2, 5 }), null, new[] { 1 },
            new[] { 1 },
        PaddingKind.Same, 1, ActivationKind.Linear, quantizer, 1);

    private static string Message(ModelGraph graph) => Assert.Throws<VerilogEmitException>(() =>
        VerilogEmitter.Emit(Lowerer.Lower(graph), new VerilogOptions { Io = VerilogIo.Stream, Vectors = 0 })).Message;
}

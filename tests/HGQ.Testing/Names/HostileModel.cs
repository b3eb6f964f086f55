using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Names;

/// <summary>A model with given names for all it names: itself, inputs, outputs and layers of several kinds.</summary>
public static class HostileModel
{
    private static readonly TensorShape Shape = TensorShape.Of(2);

    /// <summary>Two chains of layers; the last layer of each is an output.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="names">Names of the layers, at least six, all different.</param>
    /// <param name="outputs">Names of the two outputs, different.</param>
    public static ModelGraph Create(string name, IReadOnlyList<string> names, string[] outputs)
    {
        var layers = new List<LayerNode>();
        var ends = new List<string>();
        for (var chain = 0; chain < 2; chain++)
        {
            string[] own = [.. names.Where((_, n) => n % 2 == chain)];
            layers.Add(new InputLayer(own[0], Shape));
            layers.Add(new QuantizeLayer(own[1], own[0], To(3, 2)));
            for (var n = 2; n < own.Length; n++)
            {
                layers.Add(Layer(own[n], own[n - 1], n));
            }

            ends.Add(own[^1]);
        }

        return new ModelGraph(name, layers.ToArray(), outputs.Select((output, n) => new ModelOutput(output, ends[n])).ToArray(), ModelMetadata.Empty);
    }

    /// <summary>The same with names of the classes in the metadata.</summary>
    public static ModelGraph WithClasses(this ModelGraph graph, IEnumerable<string> classes) => graph with
    {
        Metadata = new ModelMetadata(default, new[] { new MetadataEntry("classes", "[" + string.Join(",", classes.Select(Quoted)) + "]") }),
    };

    private static LayerNode Layer(string name, string from, int n) => (n % 4) switch
    {
        0 => new DenseLayer(name, from, new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(2, 2), new FixedPointFormat(true, 2, 1)), new long[] { 1, -3, 5, 2 }), null, ActivationKind.Linear, To(3, 1)),
        1 => new TableLayer(name, from, new[] { Table }, new[] { 0 }, null),
        2 => new ReluLayer(name, from, 0, 3, To(3, 1)),
        _ => new QuantizeLayer(name, from, To(3, 1)),
    };

    // Reads what the quantizers of the chains write.
    private static LookupTable Table { get; } = new(
        new FixedPointFormat(true, 3, 1), new FixedPointFormat(true, 3, 1), Enumerable.Range(0, 32).Select(n => (long)((n * 7 % 32) - 16)).ToArray());

    private static QuantizerSpec To(int integer, int fraction) => new(TensorFormat.Uniform(Shape, new FixedPointFormat(true, integer, fraction)), RoundingMode.RoundHalfUp, OverflowMode.Wrap);

    private static string Quoted(string text) => "\"" + string.Concat(text.Select(c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture))) + "\"";
}

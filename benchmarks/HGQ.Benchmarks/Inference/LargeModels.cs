using System.IO;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// The larger models of the figures, with the weights of <see cref="RandomLayers"/>. <c>dotnet run -- models FOLDER</c> writes
/// <see cref="MnistMlp"/> and <see cref="MnistCnn"/>; the file of <see cref="Dense1024"/> has 3 MB and is made where it is needed.
/// </summary>
internal static class LargeModels
{
    private static readonly FixedPointFormat Pixel = new(false, 0, 8);

    /// <summary>784-64-32-10.</summary>
    public static ModelGraph MnistMlp()
    {
        var layers = new RandomLayers(seed: 3);
        return Graph(
            "mnist_mlp",
            new InputLayer("pixels", TensorShape.Of(784)),
            RandomLayers.Input("quantize", "pixels", TensorShape.Of(784), Pixel),
            layers.Dense("dense1", "quantize", 784, 64),
            layers.Dense("dense2", "dense1", 64, 32),
            layers.Dense("dense3", "dense2", 32, 10, last: true));
    }

    /// <summary>
    /// 16-64-32-32-10 as <c>hgq train pendigits.tsv.gz --target target --method recipe --hidden 64,32,32 --epochs 60 --seed 5</c> leaves
    /// it: so few epochs that nearly all weights are there, and sums need more than 16 bits.
    /// </summary>
    public static ModelGraph PendigitsShort() => Committed("pendigits_short");

    /// <summary>784-64-32-10 as <c>samples/recipes/mnist.json</c> trains it (seed 1) and chooses it: 28,068 EBOPs.</summary>
    public static ModelGraph MnistTrained() => Committed("mnist_trained");

    /// <summary>28 × 28 → 3 × 3 convolution to 16 channels → pool → 3 × 3 convolution to 32 channels → pool → dense 800-10.</summary>
    public static ModelGraph MnistCnn()
    {
        var layers = new RandomLayers(seed: 4);
        return Graph(
            "mnist_cnn",
            new InputLayer("image", TensorShape.Of(28, 28, 1)),
            RandomLayers.Input("quantize", "image", TensorShape.Of(28, 28, 1), Pixel),
            layers.Conv("conv1", "quantize", 28, 1, 3, 16),
            RandomLayers.Pool("pool1", "conv1"),
            layers.Conv("conv2", "pool1", 13, 16, 3, 32),
            RandomLayers.Pool("pool2", "conv2"),
            new ReshapeLayer("flatten", "pool2", TensorShape.Of(800)),
            layers.Dense("dense", "flatten", 800, 10, last: true));
    }

    /// <summary>1024-1024 with relu.</summary>
    public static ModelGraph Dense1024()
    {
        var layers = new RandomLayers(seed: 5);
        return Graph(
            "dense1024",
            new InputLayer("x", TensorShape.Of(1024)),
            RandomLayers.Input("quantize", "x", TensorShape.Of(1024), new FixedPointFormat(true, 3, 4)),
            layers.Dense("dense", "quantize", 1024, 1024));
    }

    private static ModelGraph Committed(string name)
    {
        using var file = typeof(LargeModels).Assembly.GetManifestResourceStream(name + ".hgq.json")!;
        using var reader = new StreamReader(file);
        return ModelReader.Read(reader.ReadToEnd());
    }

    private static ModelGraph Graph(string name, params LayerNode[] layers)
        => new(name, layers, new[] { new ModelOutput("scores", layers[^1].Name) }, ModelMetadata.Empty);
}

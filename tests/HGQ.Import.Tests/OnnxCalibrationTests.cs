using System;
using System.Linq;
using Google.Protobuf;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;

namespace HGQ.Import.Tests;

/// <summary>Float models of ONNX whose formats are chosen from data; ONNX Runtime says what the float model computes.</summary>
public sealed class OnnxCalibrationTests
{
    private readonly Random _random = new(5);

    [Fact]
    public void A_convolutional_network()
    {
        OnnxFiles file = Constants(new OnnxFiles(2, 6, 6), ("k", [4, 2, 3, 3]), ("kb", [4]), ("g", [4]), ("b", [4]), ("m", [4]),
            ("depth", [4, 1, 3, 3]), ("w", [3, 4]), ("wb", [3]), ("last", [3, 2]), ("lastb", [2]))
            .Floats("v", [4], 0.3f, 1.2f, 0.8f, 2)
            .Node("Conv x k kb -> c", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("BatchNormalization c g b m v -> n", ("epsilon", 0.001f))
            .Node("Relu n -> r")
            .Node("MaxPool r -> p", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
            .Node("Conv p depth -> q", ("group", 4), ("pads", new[] { 1, 1, 1, 1 }))
            .Node("LeakyRelu q -> l", ("alpha", 0.1f))
            .Node("Add l p -> s")
            .Node("GlobalAveragePool s -> a")
            .Node("Flatten a -> f")
            .Node("Gemm f w wb -> d", ("transB", 1))
            .Node("Tanh d -> t")
            .Node("MatMul t last -> e")
            .Node("Add e lastb -> y");
        Check(file, [2, 6, 6], 0.02);
    }

    [Fact]
    public void Two_ways_that_meet()
    {
        OnnxFiles file = Constants(new OnnxFiles(6), ("a", [6, 4]), ("b", [6, 4]), ("c", [8, 3]), ("s", [4]), ("o", [4]), ("d", [3, 2]))
            .Floats("six", [], 1.5f)
            .Floats("zero", [], 0)
            .Node("MatMul x a -> p")
            .Node("Sigmoid p -> g")
            .Node("MatMul x b -> q")
            .Node("Clip q zero six -> h")
            .Node("Mul g h -> m")
            .Node("Mul h s -> i")
            .Node("Add i o -> j")
            .Node("Concat m j -> k", ("axis", 1))
            .Node("MatMul k c -> l")
            .Node("Elu l -> e")
            .Node("MatMul e d -> y");
        Check(file, [6], 0.01);
    }

    [Fact]
    public void Means_and_extremes()
    {
        OnnxFiles file = Constants(new OnnxFiles(3, 4, 4), ("k", [2, 3, 1, 1]), ("w", [2, 2]))
            .Integers("axes", 7, [2], 2, 3)
            .Node("AveragePool x -> a", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 1, 1 }))
            .Node("Conv a k -> c")
            .Node("Relu c -> r")
            .Node("ReduceMax r -> f", ("axes", new[] { 2, 3 }), ("keepdims", 0))
            .Node("ReduceMean r -> g", ("axes", new[] { 2, 3 }), ("keepdims", 0))
            .Node("Sub f g -> h")
            .Node("MatMul h w -> y");
        Check(file, [3, 4, 4], 0.01);
    }

    [Theory]
    [InlineData("Erf")]
    [InlineData("Softmax")]
    public void What_has_no_approximation_is_refused_by_node(string function)
    {
        OnnxFiles file = Constants(new OnnxFiles(2), ("w", [2, 2])).Node($"{function} x -> s").Node("MatMul s w -> y");
        Assert.Equal("n_s", Assert.Throws<ImportException>(() => Import(file.Bytes(), [.. Enumerable.Repeat(1.0, 8)], 2, 0.01)).Layer);
    }

    private void Check(OnnxFiles file, int[] shape, double limit)
    {
        int size = shape.Aggregate(1, static (a, b) => a * b);
        const int count = 80;
        double[] rows = [.. Numbers(count * size).Select(static x => (double)x)];
        byte[] bytes = file.Bytes();
        ImportResult result = Import(bytes, rows, size, limit);
        Assert.Equal("ONNX", result.Source);
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(result.Graph));
        double[] found = [.. rows.Chunk(size).SelectMany(row => interpreter.Values(row))];
        double[] wanted = Float(bytes, rows, [count, .. shape]);
        double error = Math.Sqrt(found.Zip(wanted, static (f, w) => (f - w) * (f - w)).Sum() / wanted.Sum(static w => w * w));

        // The runtime computes in float32.
        Assert.Equal(result.Calibrated[^1].Error, error, 1e-5);
        Assert.InRange(error, 1e-5, limit + 1e-5);
    }

    private static ImportResult Import(byte[] file, double[] rows, int columns, double limit)
    {
        using var files = new KerasFiles();
        return ModelImporter.Import([files.Bytes("model.onnx", file)],
            new ImportOptions { Calibration = new CalibrationOptions(new CalibrationData("data", columns, rows)) { MaxError = limit } });
    }

    private static double[] Float(byte[] file, double[] rows, int[] shape)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        TypeProto.Types.Tensor input = model.Graph.Input[0].Type.TensorType;
        input.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "N" };
        model.Graph.Output[0].Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } };
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model.ToByteArray(), options);
        var x = new DenseTensor<float>(rows.Select(static r => (float)r).ToArray(), shape);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x", x)]);
        return [.. results.Single().AsTensor<float>().Select(static y => (double)y)];
    }

    private OnnxFiles Constants(OnnxFiles file, params (string Name, int[] Shape)[] constants)
    {
        foreach ((string name, int[] shape) in constants)
        {
            file.Floats(name, shape, Numbers(shape.Aggregate(1, static (a, b) => a * b)));
        }

        return file;
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((_random.NextDouble() - 0.5) * 2))];
}

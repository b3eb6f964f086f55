using System.Collections.Generic;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>Three networks that hold every kind of layer.</summary>
internal static class LayerNetworks
{
    private const string Head = """{ "format": "hgq-description", "version": 1, """;

    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [("image", Image), ("sequence", Sequence), ("vector", Vector)];

    private const string Image = Head + """
        "inputs": [{ "name": "image", "shape": [6, 6, 2] }],
        "layers": [
          { "kind": "quantize" },
          { "kind": "conv2d", "filters": 4, "kernel": 3, "padding": "same", "activation": "relu", "batchNorm": true, "name": "first" },
          { "kind": "conv2d", "filters": 8, "kernel": 2, "groups": 2 },
          { "kind": "max-pool2d", "size": 2, "padding": "same" },
          { "kind": "average-pool2d", "size": 2, "strides": 1 },
          { "kind": "global-average-pool2d", "name": "average" },
          { "kind": "global-max-pool2d", "inputs": "first", "name": "largest" },
          { "kind": "concatenate", "inputs": ["average", "largest"] },
          { "kind": "dense", "units": "outputs" }
        ] }
        """;

    private const string Sequence = Head + """
        "inputs": [{ "name": "sequence", "shape": [8, 4] }],
        "layers": [
          { "kind": "quantize" },
          { "kind": "conv1d", "filters": 4, "kernel": 3, "padding": "causal", "dilations": 2, "name": "first" },
          { "kind": "attention", "heads": 2, "keySize": 2, "name": "attention" },
          { "kind": "add", "inputs": ["first", "attention"] },
          { "kind": "batch-normalization", "activation": "relu" },
          { "kind": "max-pool1d", "size": 2 },
          { "kind": "average-pool1d", "size": 2 },
          { "kind": "flatten", "name": "pooled" },
          { "kind": "global-average-pool1d", "inputs": "first", "name": "average" },
          { "kind": "global-max-pool1d", "inputs": "first", "name": "largest" },
          { "kind": "sum", "axes": [1], "shift": -3, "inputs": "first", "name": "sum" },
          { "kind": "permute", "order": [2, 1], "inputs": "first", "name": "turned" },
          { "kind": "matmul", "inputs": ["first", "turned"] },
          { "kind": "reduce-max", "axes": [1], "name": "products" },
          { "kind": "concatenate", "inputs": ["pooled", "average", "largest", "sum", "products"] },
          { "kind": "dense", "units": "outputs" }
        ] }
        """;

    private const string Vector = Head + """
        "inputs": [{ "name": "x", "shape": [6] }, { "name": "grid", "shape": [2] }],
        "layers": [
          { "kind": "quantize", "inputs": "x", "name": "data" },
          { "kind": "signature", "bits": 4, "integerBits": 3, "inputs": "grid", "name": "codes" },
          { "kind": "dense", "units": 8, "activation": "relu", "batchNorm": true, "inputs": "data", "name": "hidden" },
          { "kind": "dropout", "rate": 0.25 },
          { "kind": "activation", "function": "leaky-relu", "name": "a" },
          { "kind": "activation", "function": "tanh", "inputs": "hidden", "name": "b" },
          { "kind": "activation", "function": "sigmoid", "inputs": "hidden", "name": "c" },
          { "kind": "activation", "function": "gelu", "inputs": "hidden", "name": "d" },
          { "kind": "activation", "function": "elu", "inputs": "hidden", "name": "e" },
          { "kind": "activation", "function": "softplus", "inputs": "hidden", "name": "f" },
          { "kind": "activation", "function": "hard-tanh", "inputs": "hidden", "name": "g" },
          { "kind": "activation", "function": "hard-sigmoid", "inputs": "hidden", "name": "h" },
          { "kind": "activation", "function": "exponential", "inputs": "c", "name": "i" },
          { "kind": "activation", "function": "relu", "inputs": "d", "name": "j" },
          { "kind": "subtract", "inputs": ["a", "b"], "name": "difference" },
          { "kind": "maximum", "inputs": ["e", "f"], "name": "larger" },
          { "kind": "minimum", "inputs": ["g", "h"], "name": "smaller" },
          { "kind": "multiply", "inputs": ["i", "j"], "name": "product" },
          { "kind": "softmax", "inputs": "difference", "name": "shares" },
          { "kind": "reshape", "shape": [2, 4], "inputs": "larger" },
          { "kind": "slice", "start": 1, "length": 1 },
          { "kind": "flatten", "name": "part" },
          { "kind": "concatenate", "inputs": ["smaller", "product", "shares", "part", "codes"] },
          { "kind": "dense", "units": "outputs" }
        ] }
        """;
}

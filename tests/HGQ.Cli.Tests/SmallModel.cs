using System;
using System.IO;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>A model of two inputs and two outputs: y = relu(K·q(x)) with K = [[1,-2],[3,4]]/4.</summary>
internal static class SmallModel
{
    public const string Text =
        """
        {
          "format": "hgq-model",
          "version": 1,
          "name": "small",
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
                "i": [2,3],
                "f": 4,
                "rounding": "RoundHalfUp",
                "overflow": "Wrap"
              }
            },
            {
              "name": "d",
              "kind": "dense",
              "inputs": ["q"],
              "kernel": {
                "shape": [2,2],
                "k": 1,
                "i": 1,
                "f": 2,
                "raw": [
                  [1,-2],
                  [3,4]
                ]
              },
              "activation": "relu"
            }
          ],
          "outputs": [
            {
              "name": "y",
              "layer": "d"
            }
          ]
        }

        """;

    /// <summary>Writes it into a folder.</summary>
    public static string WriteTo(TemporaryFolder folder, string part = "", string replacement = "")
    {
        string path = folder.Combine("model.hgq.json");
        int at = Text.IndexOf(part, StringComparison.Ordinal);
        File.WriteAllText(path, Text[..at] + replacement + Text[(at + part.Length)..]);
        return path;
    }
}

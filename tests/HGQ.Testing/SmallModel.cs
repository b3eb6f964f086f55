using System;
using System.IO;

namespace HGQ.Testing;

/// <summary>A small valid model file that tests damage, of two inputs and two outputs: y = relu(K·q(x)) with K = [[1,-2],[3,4]]/4.</summary>
public static class SmallModel
{
    /// <summary>The file's text.</summary>
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

    /// <summary>The text with one part, which must be there, replaced.</summary>
    public static string With(string part, string replacement)
    {
        int at = Text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"{part} isn't in the small model", nameof(part)) : Text[..at] + replacement + Text[(at + part.Length)..];
    }

    /// <summary>Writes the text, with one part replaced, into a folder; gives the file's path.</summary>
    public static string WriteTo(TemporaryFolder folder, string part = "", string replacement = "")
    {
        string path = folder.Combine("model.hgq.json");
        File.WriteAllText(path, With(part, replacement) + "\n");
        return path;
    }
}

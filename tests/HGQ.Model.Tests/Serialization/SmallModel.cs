using System;

namespace HGQ.Model.Tests.Serialization;

/// <summary>A small valid file that tests damage.</summary>
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

    /// <summary>The text with one part, which must be there, replaced.</summary>
    public static string With(string part, string replacement)
    {
        int at = Text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{part} isn't in the small model");
        return Text[..at] + replacement + Text[(at + part.Length)..];
    }
}

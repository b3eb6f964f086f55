using System;
using System.Collections.Generic;
using System.IO;

namespace ModelZoo;

/// <summary>A model of the zoo: its description and recipe are files of its name in <c>models/</c>.</summary>
/// <param name="Name">Name of the files.</param>
/// <param name="Title">What it does.</param>
/// <param name="Target">Column to be learned; null: the data know.</param>
/// <param name="DataHint">What has to be named where the data are not simulated.</param>
/// <param name="Simulate">Writes the data to learn from, or other ones to test with; null: they come from outside.</param>
internal sealed record ZooModel(string Name, string Title, string? Target, string DataHint, Action<string, bool>? Simulate)
{
    private const string TestImages = "t10k-images-idx3-ubyte";

    /// <summary>All models.</summary>
    public static IReadOnlyList<ZooModel> All { get; } =
    [
        new("mnist-cnn", "hand-written digits: two convolutions, pools, a dense layer", null, "the folder with the four MNIST files", null),
        new("waveform", "none, one or two pulses in a noisy waveform: 1-D convolutions", "pulses", "", Waveforms.Write),
        new("majority", "the most frequent of four tokens: a transformer block", "token", "", TokenSequences.Write),
        new("houses", "prices of houses: a dense regression", "target", "the table 537_houses.tsv.gz", null),
    ];

    /// <summary>The rows that the engines are compared over: all, or the test images of MNIST.</summary>
    public string VerifiedData(string data)
    {
        string images = Path.Combine(data, TestImages);
        return !Directory.Exists(data) ? data : File.Exists(images + ".gz") ? images + ".gz" : images;
    }
}

using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.Import.Tests;

/// <summary>A published model with inputs and the results that its own definition gives, from independent evaluators.</summary>
internal sealed class RecordedModel
{
    private readonly JsonElement _expected;

    public RecordedModel(string folder, string[] files, ImportOptions? options = null, string expected = "expected.json")
    {
        Result = ModelImporter.Import([.. files.Select(file => SharedVectors.Find("models", folder, file))], options
            ?? new ImportOptions());
        using Stream stream = File.OpenRead(SharedVectors.Find("models", folder, expected));
        using Stream plain = expected.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        using JsonDocument document = JsonDocument.Parse(plain);
        _expected = document.RootElement.Clone();
    }

    public ImportResult Result { get; }

    public double[][] Numbers(string name)
        => [.. _expected.GetProperty(name).EnumerateArray().Select(
        static row => row.EnumerateArray().Select(static x => x.GetDouble()).ToArray())];

    public double Number(string name) => _expected.GetProperty(name).GetDouble();

    /// <summary>Raw results of every recorded input.</summary>
    public long[][] Raw()
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(Result.Graph));
        return [.. Numbers("inputs").Select(interpreter.Predict)];
    }

    /// <summary>Results of every recorded input as numbers.</summary>
    public double[][] Values()
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(Result.Graph));
        return [.. Numbers("inputs").Select(row => interpreter.Decode(interpreter.Predict(row)))];
    }
}

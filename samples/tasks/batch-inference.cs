#:property HgqModel=../models/pendigits-1336.hgq.json

// Reads a table and classifies all rows at once, with a class that the compiler makes of a model: nothing is loaded to run it.
//   dotnet run -c Release samples/tasks/batch-inference.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using HGQ;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string samples = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string table = args.Length > 0 ? args[0] : Path.Combine(samples, "data", "pendigits.tsv.gz");
using var lines = new StreamReader(new GZipStream(File.OpenRead(table), CompressionMode.Decompress));
lines.ReadLine(); // the names of the columns
var features = new List<float>();
var digits = new List<int>();
while (lines.ReadLine() is { } line)
{
    string[] cells = line.Split('\t');
    features.AddRange(cells[..Digits.InputSize].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)));
    digits.Add(int.Parse(cells[^1], CultureInfo.InvariantCulture));
}

// Row after row in, row after row out: many samples at once are computed across the lanes of vectors, here on two threads.
float[] scores = new float[digits.Count * Digits.OutputSize];
Digits.PredictBatch(features.ToArray(), scores, digits.Count, maxDegreeOfParallelism: 2);

int right = 0;
for (int n = 0; n < digits.Count; n++)
{
    float[] row = scores[(n * Digits.OutputSize)..((n + 1) * Digits.OutputSize)];
    right += Array.IndexOf(row, row.Max()) == digits[n] ? 1 : 0;
}

Console.WriteLine($"{right} of {digits.Count} right: {(double)right / digits.Count:P2}");

[HgqModel("pendigits-1336.hgq.json")]
public static partial class Digits;

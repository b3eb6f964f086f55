using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Inference;

// Everything below is plain C# that the compiler made of pendigits.hgq.json: no package is loaded to run it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{PenDigits.InputSize} inputs, {PenDigits.OutputSize} outputs, {PenDigits.Ebops:N0} EBOPs, model {PenDigits.ModelHash[..12]}");

// 1. One sample at a time.
var scores = new float[PenDigits.OutputSize];
var right = 0;
for (var digit = 0; digit < HandWriting.Count; digit++)
{
    PenDigits.Predict(HandWriting.Sample(digit), scores);
    var recognised = PenDigits.Classify(HandWriting.Sample(digit));
    right += recognised == digit ? 1 : 0;
    Console.WriteLine($"a written {digit} is read as {recognised}, scores {string.Join(' ', scores.Select(score => $"{score,7:F2}"))}");
}

Console.WriteLine($"{right} of {HandWriting.Count} right");

// 2. Many samples: vectorised across them, and the same integers.
const int copies = 10_000;
var batch = Enumerable.Repeat(HandWriting.Samples, copies).SelectMany(row => row).ToArray();
var results = new float[copies * HandWriting.Count * PenDigits.OutputSize];
PenDigits.PredictBatch(batch, results, copies * HandWriting.Count);
var watch = Stopwatch.StartNew();
PenDigits.PredictBatch(batch, results, copies * HandWriting.Count);
Console.WriteLine($"batch: {watch.Elapsed.TotalNanoseconds / (copies * HandWriting.Count):F0} ns a sample");

// 3. The last sample of the batch is the last one above, to the bit.
var equal = results.AsSpan(^PenDigits.OutputSize..).SequenceEqual(scores);
Console.WriteLine(equal ? "batch and single sample agree" : "batch and single sample differ");
return equal ? 0 : 1;

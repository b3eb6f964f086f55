using System;
using System.Globalization;
using System.Linq;
using HGQ;

// The compiler makes the class below of pendigits.hgq.json. For a model of yours, put its file in place of that one,
// and the numbers of your samples in place of these: features as the model was trained on, row after row.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Eight points along the path of a pen, x and y from 0 to 100; row n is the digit n. From "Pen-Based Recognition of
// Handwritten Digits" (E. Alpaydin, F. Alimoglu, UCI Machine Learning Repository, CC BY 4.0).
float[] samples =
[
    31, 100, 1, 70, 0, 29, 35, 0, 82, 23, 100, 62, 85, 99, 31, 93,
    0, 57, 39, 75, 81, 96, 100, 100, 85, 74, 72, 48, 55, 23, 43, 0,
    5, 63, 21, 100, 49, 76, 33, 34, 0, 0, 5, 6, 53, 2, 100, 8,
    19, 72, 42, 99, 100, 100, 88, 71, 57, 53, 79, 23, 42, 0, 0, 15,
    63, 100, 14, 72, 0, 41, 87, 41, 100, 62, 63, 74, 60, 36, 52, 0,
    63, 90, 100, 100, 62, 84, 42, 58, 82, 46, 79, 17, 42, 3, 0, 0,
    86, 100, 47, 80, 14, 54, 0, 26, 17, 0, 100, 8, 92, 33, 19, 50,
    0, 96, 49, 100, 77, 76, 62, 38, 51, 0, 2, 2, 25, 14, 100, 23,
    19, 65, 68, 37, 56, 0, 0, 5, 36, 40, 85, 71, 100, 100, 36, 80,
    46, 45, 0, 58, 20, 83, 69, 100, 100, 81, 91, 53, 69, 27, 48, 0,
];
int count = samples.Length / Model.InputSize;
Console.WriteLine($"{Model.InputSize} inputs, {Model.OutputSize} outputs, {Model.Ebops:N0} EBOPs");

// One sample at a time. Nothing is allocated.
float[] scores = new float[Model.OutputSize];
for (int n = 0; n < count; n++)
{
    ReadOnlySpan<float> sample = samples.AsSpan(n * Model.InputSize, Model.InputSize);
    Model.Predict(sample, scores);
    string texts = string.Join(' ', scores.Select(score => $"{score,6:F2}"));
    Console.WriteLine($"sample {n}: class {Model.Classify(sample)}, scores {texts}");
}

// All at once: many times as fast for many samples, and the same integers.
float[] all = new float[count * Model.OutputSize];
Model.PredictBatch(samples, all, count);
bool equal = all.AsSpan(^Model.OutputSize..).SequenceEqual(scores);
Console.WriteLine(equal ? "batch and single sample agree" : "batch and single sample differ");

/// <summary>The model: its members are generated.</summary>
[HgqModel("pendigits.hgq.json")]
public static partial class Model;

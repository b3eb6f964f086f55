using System;

namespace Inference;

/// <summary>
/// Ten rows of "Pen-Based Recognition of Handwritten Digits" (E. Alpaydin, F. Alimoglu, UCI Machine Learning Repository, CC BY 4.0):
/// row n is the digit n.
/// </summary>
internal static class HandWriting
{
    internal const int Count = 10;

    internal static readonly float[] Samples =
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

    internal static ReadOnlySpan<float> Sample(int digit) => Samples.AsSpan(digit * PenDigits.InputSize, PenDigits.InputSize);
}

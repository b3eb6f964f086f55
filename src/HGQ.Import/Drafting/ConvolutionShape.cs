using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>How a convolution slides.</summary>
/// <param name="Window">Taps of each spatial axis.</param>
/// <param name="Strides">Distance of windows.</param>
/// <param name="Dilations">Distance of taps.</param>
/// <param name="Before">Zeros in front of each axis.</param>
/// <param name="After">Zeros behind each axis.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Outputs">Output channels of all groups.</param>
internal sealed record ConvolutionShape(int[] Window, int[] Strides, int[] Dilations, int[] Before, int[] After, int Groups, int Outputs)
{
    private const int Most = 1 << 16;

    /// <summary>The zeros that a named kind of padding adds.</summary>
    public ConvolutionShape WithPadding(TensorShape input, PaddingKind padding) => this with
    {
        Before = [.. Window.Select((w, a) => WindowGeometry.PaddingBefore(input[a], w, Strides[a], Dilations[a], padding))],
        After = [.. Window.Select((w, a) => WindowGeometry.PaddingAfter(input[a], w, Strides[a], Dilations[a], padding))],
    };

    /// <summary>Refuses what does not fit.</summary>
    public void Require(string name, TensorShape input, long weights)
    {
        int axes = Window.Length;
        bool lengths = Strides.Length == axes && Dilations.Length == axes && Before.Length == axes && After.Length == axes;
        if (axes is < 1 or > 2 || input.Rank != axes + 1 || !lengths)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"it slides over {axes} axes of {input}; convolutions over one or two axes can be imported"));
        }

        if (Window.Concat(Strides).Concat(Dilations).Any(static x => x is < 1 or > Most))
        {
            throw new ImportException(name, "its window, strides or dilations are below 1 or too large");
        }

        if (Groups < 1 || input.Channels % Groups != 0 || Outputs < 1 || Outputs % Groups != 0)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"{Groups} groups do not divide {input.Channels} input and {Outputs} output channels"));
        }

        long expected = Window.Aggregate(1L, static (a, b) => a * b) * (input.Channels / Groups) * Outputs;
        if (weights != expected)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"its kernel has {weights} weights, its window, channels and groups ask for {expected}"));
        }
    }
}

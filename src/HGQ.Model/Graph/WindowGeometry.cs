using System;

namespace HGQ.Model.Graph;

/// <summary>Where windows of convolutions and pools lie along one spatial axis.</summary>
public static class WindowGeometry
{
    /// <summary>Number of windows.</summary>
    /// <param name="size">Elements of the axis.</param>
    /// <param name="window">Elements of the window.</param>
    /// <param name="stride">Distance of windows.</param>
    /// <param name="dilation">Distance of elements within a window.</param>
    /// <param name="padding">Treatment of the border.</param>
    /// <returns>0 or less where no whole window fits.</returns>
    public static int OutputSize(int size, int window, int stride, int dilation, PaddingKind padding)
    {
        var span = checked(((window - 1) * dilation) + 1);
        return padding == PaddingKind.Valid
            ? size < span ? 0 : ((size - span) / stride) + 1
            : (size + stride - 1) / stride;
    }

    /// <summary>Elements of padding in front of the axis.</summary>
    public static int PaddingBefore(int size, int window, int stride, int dilation, PaddingKind padding) => padding switch
    {
        PaddingKind.Valid => 0,
        PaddingKind.Causal => (window - 1) * dilation,
        PaddingKind.Same => TotalSame(size, window, stride, dilation) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(padding), padding, "This is no kind of padding."),
    };

    /// <summary>Elements of padding behind the axis.</summary>
    public static int PaddingAfter(int size, int window, int stride, int dilation, PaddingKind padding) => padding switch
    {
        PaddingKind.Same => TotalSame(size, window, stride, dilation) - PaddingBefore(size, window, stride, dilation, padding),
        PaddingKind.Valid or PaddingKind.Causal => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(padding), padding, "This is no kind of padding."),
    };

    private static int TotalSame(int size, int window, int stride, int dilation)
    {
        var outputs = (size + stride - 1) / stride;
        return Math.Max(((outputs - 1) * stride) + ((window - 1) * dilation) + 1 - size, 0);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>Arguments of windows in the model file's types.</summary>
internal static class WindowArguments
{
    public static EquatableArray<int> Entries(IReadOnlyList<long> values) => values.Select(static n => checked((int)n)).ToArray();

    public static PaddingKind Kind(Padding padding) => padding switch
    {
        Padding.Same => PaddingKind.Same,
        Padding.Causal => PaddingKind.Causal,
        Padding.Valid => PaddingKind.Valid,
        _ => throw new ArgumentOutOfRangeException(nameof(padding), padding, "There is no such padding."),
    };
}

using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>Element numbers of a tensor whose axes have labels.</summary>
internal sealed class LabelledIndex(string labels, TensorShape shape)
{
    private readonly int[] _strides = shape.Strides();

    /// <summary>Element offsets of all index combinations of some axes, the last changing fastest.</summary>
    public IEnumerable<int> AllOver(IEnumerable<char> axes) => axes
        .Select(label => labels.IndexOf(label, StringComparison.Ordinal))
        .Aggregate<int, IEnumerable<int>>([0], (offsets, axis) =>
            offsets.SelectMany(offset => Enumerable.Range(0, shape[axis]).Select(n => offset + (n * _strides[axis]))));

    /// <summary>The element with the same indices but 0 on some axes.</summary>
    public int WithZero(int element, IEnumerable<char> axes) => axes
        .Select(label => labels.IndexOf(label, StringComparison.Ordinal))
        .Aggregate(element, (rest, axis) => rest - (element / _strides[axis] % shape[axis] * _strides[axis]));

    /// <summary>Sizes of all labels of this tensor and another.</summary>
    public SortedDictionary<char, int> Sizes(LabelledIndex other)
    {
        var sizes = new SortedDictionary<char, int>();
        AddSizes(sizes);
        other.AddSizes(sizes);
        return sizes;
    }

    /// <summary>All index combinations of some labels.</summary>
    public static IEnumerable<IReadOnlyDictionary<char, int>> Combinations(SortedDictionary<char, int> sizes)
    {
        int count = sizes.Values.Aggregate(1, (product, size) => product * size);
        for (var n = 0; n < count; n++)
        {
            var at = new Dictionary<char, int>();
            var rest = n;
            foreach (var (label, size) in sizes)
            {
                at[label] = rest % size;
                rest /= size;
            }

            yield return at;
        }
    }

    /// <summary>The element at given indices.</summary>
    public static int Index(string labels, TensorShape shape, IReadOnlyDictionary<char, int> at)
    {
        var strides = shape.Strides();
        return labels.Select((label, axis) => at[label] * strides[axis]).Sum();
    }

    private void AddSizes(SortedDictionary<char, int> sizes)
    {
        for (var axis = 0; axis < labels.Length; axis++)
        {
            sizes[labels[axis]] = shape[axis];
        }
    }
}

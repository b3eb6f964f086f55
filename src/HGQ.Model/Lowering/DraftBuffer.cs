using System;
using HGQ.Model.Cost;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Lowering;

/// <summary>A buffer while passes still change it.</summary>
internal sealed class DraftBuffer
{
    public DraftBuffer(string name, string layer, FixedPointFormat[] formats, RawInterval[] intervals, int channels)
    {
        Name = name;
        Layer = layer;
        Formats = formats;
        Intervals = intervals;
        Channels = channels;
    }

    public string Name { get; }

    public string Layer { get; }

    /// <summary>Formats of the elements; passes narrow them.</summary>
    public FixedPointFormat[] Formats { get; set; }

    /// <summary>Proven ranges of the elements.</summary>
    public RawInterval[] Intervals { get; set; }

    /// <summary>Widths that products with the elements count; null: those of the formats (<see cref="ProductWidths"/>).</summary>
    public int[]? CountedWidths { get; set; }

    /// <summary>Size of the last axis: elements e with equal e mod Channels belong together at all positions.</summary>
    public int Channels { get; set; }

    public int Length => Formats.Length;

    /// <summary>Width that a product with the element counts.</summary>
    public int CountedWidth(int element) => CountedWidths?[element] ?? Math.Max(Formats[element].Width, 0);

    /// <summary>Whether the element has the same value always.</summary>
    public bool IsConstant(int element) => Intervals[element].IsPoint;

    /// <summary>Whether the element is 0 always; it fits any format.</summary>
    public bool IsZero(int element) => Intervals[element].IsPoint && Intervals[element].Low.IsZero;
}

using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export;

/// <summary>What an export decides that training did not.</summary>
public sealed record ExportOptions
{
    /// <summary>Name of the model; back ends derive class and function names from it.</summary>
    public string Name { get; init; } = "model";

    /// <summary>Overflow of the layers whose quantizers leave it open: Wrap (needs no hardware) or Saturate.</summary>
    public OverflowMode Overflow { get; init; } = OverflowMode.Wrap;

    /// <summary>Overflow of the input ports: data from outside may leave the range that was traced.</summary>
    public OverflowMode InputOverflow { get; init; } = OverflowMode.Wrap;

    /// <summary>Integer bits that input ports get on top of the traced ones.</summary>
    public int InputMarginBits { get; init; }

    /// <summary>Largest table that a function of one number may become; its input's format has 2^width codes.</summary>
    public int MaximumTableEntries { get; init; } = 1 << 12;

    /// <summary>
    /// Whether a softmax whose result only leaves the model is left out, its input leaving in place of it: the largest element stays the largest,
    /// for models of which only that is asked.
    /// </summary>
    public bool ArgmaxOnly { get; init; }

    /// <summary>What is to be known of the model beside its integers.</summary>
    public ModelMetadata Metadata { get; init; } = ModelMetadata.Empty;

    /// <summary>Names of the results in order; null names each after its layer.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }
}

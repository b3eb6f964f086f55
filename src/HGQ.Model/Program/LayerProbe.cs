using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Program;

/// <summary>Where the output of a graph layer is found after dead and constant elements are gone.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="Buffer">Buffer that holds the elements that are left.</param>
/// <param name="Indices">Per logical element: index into the buffer, <see cref="Constant"/> or <see cref="Dead"/>.</param>
/// <param name="Constants">Per logical element: the raw constant, where it is one.</param>
/// <param name="Formats">Per logical element: its format in the graph.</param>
public sealed record LayerProbe(
    string Layer,
    TensorShape Shape,
    int Buffer,
    EquatableArray<int> Indices,
    EquatableArray<long> Constants,
    EquatableArray<FixedPointFormat> Formats)
{
    /// <summary>Marks an element whose value is always the same.</summary>
    public const int Constant = -1;

    /// <summary>Marks an element that nothing reads and that is not computed.</summary>
    public const int Dead = -2;
}

/// <summary>Cost and size of a graph layer.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Kind">Kind of layer, for reports.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="Ebops">Exact effective bit operations (layers.md, "Cost").</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="NonzeroWeights">Weights that are not 0.</param>
/// <param name="ParallelPositions">Positions that a convolution computes at once in hardware; 0 for other layers.</param>
public sealed record LayerSummary(string Layer, string Kind, TensorShape Shape, double Ebops, int Weights, int NonzeroWeights, int ParallelPositions = 0);

using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Inspection;

/// <summary>What is worth knowing of a layer.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Kind">Kind of layer.</param>
/// <param name="Inputs">Layers that it reads.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="Formats">Format of each element of its output, constants included; empty for a real input.</param>
/// <param name="Constant">Elements of its output that always have the same value.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="NonzeroWeights">Weights that are not 0.</param>
/// <param name="Ebops">Exact effective bit operations.</param>
/// <param name="Adders">Two-input adders of its sums without sharing, one position of a sliding kernel.</param>
/// <param name="Tables">Look-up tables.</param>
/// <param name="TableBits">Bits that they hold.</param>
public sealed record LayerInspection(
    string Name,
    string Kind,
    EquatableArray<string> Inputs,
    TensorShape Shape,
    EquatableArray<FixedPointFormat> Formats,
    int Constant,
    int Weights,
    int NonzeroWeights,
    double Ebops,
    int Adders,
    int Tables,
    long TableBits);

using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Hardware.Words;

/// <summary>
/// A model as words and what is done to them, each with its exact range: what every hardware back end starts from
/// (docs/hardware-network.md). Nothing is decided here that the integer program has not decided.
/// </summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Inputs">Code ports, in the program's order: their elements, one behind the other, are the codes of raw inference.</param>
/// <param name="Outputs">Results, in the program's order.</param>
/// <param name="Nodes">In evaluation order: a node reads nodes before it.</param>
/// <param name="Tables">Look-up tables.</param>
/// <param name="Layers">Names of graph layers, for reports.</param>
public sealed record HardwareNetwork(
    string Name,
    EquatableArray<WordPort> Inputs,
    EquatableArray<WordPort> Outputs,
    EquatableArray<WordNode> Nodes,
    EquatableArray<LookupTable> Tables,
    EquatableArray<string> Layers);

/// <summary>A port of a hardware network.</summary>
/// <param name="Name">Name of the input layer's buffer or of the result.</param>
/// <param name="Elements">Its words.</param>
public sealed record WordPort(string Name, EquatableArray<WordElement> Elements);

/// <summary>One word of a port.</summary>
/// <param name="Node">Index of the node that is or gives its value.</param>
/// <param name="Format">Format of the value at the border; width ≤ 0 is the constant 0.</param>
public readonly record struct WordElement(int Node, FixedPointFormat Format);

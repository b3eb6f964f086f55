namespace HGQ.Runtime.Training;

/// <summary>An epoch whose running figures lie on one of the first Pareto fronts, with the network as it was.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Ebops">Running EBOPs.</param>
/// <param name="Score">Running validation score.</param>
/// <param name="State">The network's state.</param>
public sealed record Candidate(int Epoch, double Ebops, double Score, NetworkSnapshot State);

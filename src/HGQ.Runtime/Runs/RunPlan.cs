using System.Collections.Generic;

namespace HGQ.Runtime.Runs;

/// <summary>What a run is about to train, for people to check before they wait.</summary>
/// <param name="Rows">Rows of the data; test rows of their own files are counted too.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="Target">What is learned; empty where the data do not name it.</param>
/// <param name="Classes">Names of the classes; empty for a regression.</param>
/// <param name="Training">Rows that are learned from.</param>
/// <param name="Validation">Rows that choose between candidates.</param>
/// <param name="Test">Rows that are only reported.</param>
/// <param name="Layers">The layers of the network in order, in words.</param>
/// <param name="Weights">Weights of the network, biases not counted.</param>
public sealed record RunPlan(
    int Rows,
    int Features,
    string Target,
    IReadOnlyList<string> Classes,
    int Training,
    int Validation,
    int Test,
    IReadOnlyList<string> Layers,
    long Weights);

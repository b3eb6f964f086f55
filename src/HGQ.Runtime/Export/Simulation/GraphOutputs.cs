using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>Outputs of an exported model for many samples: by the fast simulator where it is exact, else by the reference interpreter.</summary>
public static class GraphOutputs
{
    /// <summary>Evaluates samples.</summary>
    /// <param name="graph">The model; its preprocessing is not applied.</param>
    /// <param name="samples">Scaled features, shape (samples, features), row major.</param>
    /// <returns>Real values of the integer outputs, shape (samples, outputs), row major.</returns>
    public static double[] Of(ModelGraph graph, float[] samples)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(samples);
        return GraphSimulator.TryCreate(graph) is { } simulator ? simulator.Evaluate(samples) : Interpret(graph, samples);
    }

    private static double[] Interpret(ModelGraph graph, float[] samples)
    {
        ModelGraph bare = graph with { Metadata = ModelMetadata.Empty };
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(bare));
        int size = interpreter.Program.InputSize;
        return [.. Enumerable.Range(0, samples.Length / size).SelectMany(s =>
            interpreter.Decode(interpreter.Predict(Array.ConvertAll(samples[(s * size)..((s + 1) * size)], static x => (double)x))))];
    }
}

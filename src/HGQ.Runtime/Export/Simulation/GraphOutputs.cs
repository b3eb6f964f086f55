using System;
using System.Threading.Tasks;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

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
        return GraphSimulator.TryCreate(graph) is { } simulator
            ? simulator.Evaluate(samples)
            : Interpret(Lowerer.Lower(graph with { Metadata = ModelMetadata.Empty }), samples);
    }

    /// <summary>Evaluates samples by a model that was lowered already.</summary>
    /// <param name="model">The model; its preprocessing is not applied.</param>
    /// <param name="samples">Scaled features, shape (samples, features), row major.</param>
    /// <returns>Real values of the integer outputs, shape (samples, outputs), row major.</returns>
    internal static double[] Of(ExportedModel model, float[] samples) => GraphSimulator.TryCreate(model.Graph) is { } simulator
        ? simulator.Evaluate(samples)
        : Interpret(model.OfScaledFeatures, samples);

    private static double[] Interpret(IntegerProgram program, float[] samples)
    {
        int size = program.InputSize, width = program.OutputSize;
        var outputs = new double[samples.Length / size * width];
        Parallel.For(
            0,
            samples.Length / size,
            () => (Interpreter: new ReferenceInterpreter(program), Inputs: new double[size]),
            (s, _, local) =>
            {
                for (int i = 0; i < size; i++)
                {
                    local.Inputs[i] = samples[(s * size) + i];
                }

                local.Interpreter.Decode(local.Interpreter.Predict(local.Inputs)).CopyTo(outputs, s * width);
                return local;
            },
            static _ => { });
        return outputs;
    }
}

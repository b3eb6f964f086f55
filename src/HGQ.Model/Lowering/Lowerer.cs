using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Graph → integer program: the only place that decides widths, shifts, roundings and overflows. It reads as a list: each
/// layer by its own lowering, then passes over the program, then the verifier.
/// </summary>
public static class Lowerer
{
    /// <summary>Lowers a model with all optimisations.</summary>
    /// <exception cref="ModelGraphException">The model cannot be represented; the message names the layer.</exception>
    public static IntegerProgram Lower(ModelGraph graph) => Lower(graph, LoweringOptions.Default);

    /// <summary>Lowers a model.</summary>
    /// <exception cref="ModelGraphException">The model cannot be represented; the message names the layer.</exception>
    public static IntegerProgram Lower(ModelGraph graph, LoweringOptions options)
    {
        var draft = LayerLowering.Lower(graph);
        if (options.HalfStepBias)
        {
            HalfStepBiasPass.Run(draft);
        }

        if (options.ModuloAccumulators)
        {
            ModuloAccumulatorPass.Run(draft);
        }

        WidthCheck.Run(draft);
        if (options.EliminateDeadElements)
        {
            DeadElementPass.Run(draft);
        }

        var program = draft.ToProgram();
        ProgramVerifier.Verify(program);
        return program;
    }
}

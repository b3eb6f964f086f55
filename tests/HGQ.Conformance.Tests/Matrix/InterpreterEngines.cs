using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>The interpreter on a program without any pass: no dead elements, no modulo accumulators, no half steps in biases.</summary>
internal sealed class PlainInterpreterEngine : IMatrixEngine
{
    public string Name => "interpreter-plain";

    public bool NeedsCompiler => false;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models) =>
        [.. models.Select(model => Interpretation.Compare(model, Lowerer.Lower(model.Graph, LoweringOptions.Plain)))];
}

/// <summary>The interpreter on a model that was written to a file's text and read again.</summary>
internal sealed class ModelFileEngine : IMatrixEngine
{
    public string Name => "model-file";

    public bool NeedsCompiler => false;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models) =>
        [.. models.Select(model => Interpretation.Compare(model, Lowerer.Lower(ModelReader.Read(ModelWriter.Write(model.Graph)))))];
}

/// <summary>Runs another lowering of a model on its reals.</summary>
file static class Interpretation
{
    public static MatrixVerdict Compare(MatrixModel model, IntegerProgram program)
    {
        var interpreter = new ReferenceInterpreter(program);
        var verdict = new MatrixVerdict(model);
        verdict.CompareReals("interpreter", model.Reals.SelectMany(interpreter.Predict).ToArray());
        return verdict;
    }
}

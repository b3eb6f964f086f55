using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.Generators;

/// <summary>Model file → C# file: what the source generator and <c>hgq emit csharp</c> do.</summary>
public static class ModelSource
{
    /// <summary>Reads, lowers and writes.</summary>
    /// <param name="modelText">Text of the <c>.hgq.json</c> file.</param>
    /// <param name="options">Names; hash and class names are filled in from the text.</param>
    /// <param name="cancellation">Ends the work between stages.</param>
    /// <exception cref="ModelFormatException">The text is no valid model.</exception>
    /// <exception cref="ModelGraphException">The model cannot be represented.</exception>
    public static string Generate(string modelText, CSharpOptions options, CancellationToken cancellation = default)
    {
        var graph = ModelReader.Read(modelText);
        cancellation.ThrowIfCancellationRequested();
        return Generate(graph, Lowerer.Lower(graph), options with { Hash = ModelHash.Of(modelText) }, cancellation);
    }

    /// <summary>Writes a model that is already lowered.</summary>
    /// <param name="graph">The model; its metadata names the classes.</param>
    /// <param name="program">The same model, lowered.</param>
    /// <param name="options">Names and hash.</param>
    /// <param name="cancellation">Ends the work between stages.</param>
    public static string Generate(ModelGraph graph, IntegerProgram program, CSharpOptions options, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return CSharpEmitter.Emit(program, options with { ClassNames = ClassNames.Of(graph.Metadata) }, cancellation);
    }
}

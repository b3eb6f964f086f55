using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Entry;

/// <summary>Writes the members of <c>HGQ.IHgqModel</c>, explicitly: the class's static members keep their names.</summary>
internal static class InterfaceEmitter
{
    /// <summary>Full name of the interface.</summary>
    public const string Name = "global::HGQ.IHgqModel";

    /// <summary>Writes the members.</summary>
    public static void Emit(SourceWriter writer, IntegerProgram program)
    {
        writer.Line();
        writer.Line($"int {Name}.InputSize => InputSize;");
        writer.Line();
        writer.Line($"int {Name}.OutputSize => OutputSize;");
        writer.Line();
        writer.Line($"string {Name}.ModelHash => ModelHash;");
        foreach (string type in new[] { "float", "double" })
        {
            string parameters = $"ReadOnlyMemory<{type}> inputs, Memory<{type}> results";
            writer.Line();
            writer.Line($"void {Name}.Predict({parameters}) => Predict(inputs.Span, results.Span);");
            writer.Line();
            writer.Line($"void {Name}.PredictBatch({parameters}, int count, int maxDegreeOfParallelism)");
            writer.Line("    => PredictBatch(inputs, results, count, maxDegreeOfParallelism);");
            writer.Line();
            writer.Line($"int {Name}.Classify(ReadOnlyMemory<{type}> inputs) => " + (program.Outputs.Length == 1
                ? "Classify(inputs.Span);"
                : $"throw new NotSupportedException(\"The model has {Literal.Of(program.Outputs.Length)} outputs, none of which is the class; use Predict.\");"));
        }
    }
}

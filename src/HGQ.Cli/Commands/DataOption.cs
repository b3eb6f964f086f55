using System;
using System.Collections.Generic;
using System.CommandLine;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary>The option <c>--data</c> and what becomes of its rows.</summary>
internal static class DataOption
{
    private const int BlockCodes = 1 << 20;

    public static Option<string> Create(bool required) => new("--data")
    {
        Description = "Delimited text with a header (.csv, .tsv, .gz), IDX or NPY file, a folder with the four MNIST files, or - for standard input.",
        HelpName = "DATA",
        Required = required,
    };

    public static Option<string> CreateTarget(bool required) => new("--target")
    {
        Description = "The target: a column, or the IDX or NPY file with the labels." + (required ? "" : " Needed only to leave a column out."),
        HelpName = "COL",
        Required = required,
    };

    /// <summary>The rows of a file as inputs of a model; null without a file.</summary>
    /// <exception cref="DataFormatException">Anything about the file is not as the model needs it.</exception>
    public static ModelSamples? Load(string? path, string? target, ModelGraph graph, IntegerProgram program) => path is null
        ? null
        : ModelSamples.Load(path, program, ModelDescription.Of(graph.Metadata, program.Outputs[0].Shape.Size), new DataOptions { Target = target });

    /// <summary>The rows in blocks, with their codes.</summary>
    /// <exception cref="DataFormatException">A row has no codes.</exception>
    public static IEnumerable<VerificationVectors> Blocks(ModelSamples samples, int count, IntegerProgram program)
    {
        int block = Math.Clamp(BlockCodes / Math.Max(1, program.InputCodeSize), 1, 4096);
        for (int first = 0; first < count; first += block)
        {
            yield return Block(samples, first, Math.Min(block, count - first), program);
        }
    }

    private static VerificationVectors Block(ModelSamples samples, int first, int count, IntegerProgram program)
    {
        var inputs = new double[count * program.InputSize];
        var origins = new string[count];
        for (int n = 0; n < count; n++)
        {
            samples.CopyTo(first + n, inputs.AsSpan(n * program.InputSize, program.InputSize));
            origins[n] = FormattableString.Invariant($"data row {first + n}");
        }

        try
        {
            return VerificationVectors.FromInputs(program, origins, inputs);
        }
        catch (ArgumentException fault)
        {
            throw new CommandException($"{samples.Source}: {PlainMessage.Of(fault)}", inner: fault);
        }
    }
}

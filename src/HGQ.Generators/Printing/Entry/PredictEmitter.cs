using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Entry;

/// <summary>Writes the public entry points.</summary>
internal sealed partial class PredictEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly string _codeType;
    private readonly bool _vectorSingle;
    private readonly int[] _groups;

    /// <summary>Writes into a class.</summary>
    public PredictEmitter(SourceWriter writer, GenerationPlan plan)
    {
        _groups = plan.Groups;
        _vectorSingle = plan.Single.IsVectorised;
        _writer = writer;
        _program = plan.Program;
        _storage = plan.Storage;
        _codeType = new CodeLayout(plan.Program).CodeType;
    }

    private int BlockBytes => System.Math.Max(_storage.SingleBytes, _storage.BytesOf(KernelShape.Blocks[KernelShape.Blocks.Length - 1]));

    public void Emit()
    {
        EmitSingle("float");
        EmitSingle("double");
        EmitRaw();
        if (_program.Outputs.Length == 1)
        {
            EmitClassify("float");
            EmitClassify("double");
        }

        EmitBatch("float", "InputSize", "float");
        EmitBatch("double", "InputSize", "double");
        EmitBatch(_codeType, "InputCodeSize", _codeType);
        EmitBlocks("float", "InputSize");
        EmitBlocks("double", "InputSize");
        EmitBlocks(_codeType, "InputCodeSize");
        foreach (string type in new[] { "float", "double", _codeType })
        {
            EmitThreads(type);
        }

        EmitRun();
        EmitRequire();
        ScratchMemory.WriteAligned(_writer);
    }

    private void Summary(string text, params string[] more)
    {
        _writer.Line();
        _writer.Line($"/// <summary>{text}</summary>");
        foreach (string line in more)
        {
            _writer.Line($"/// {line}");
        }
    }

    private void EmitSingle(string type)
    {
        Summary(
            "Computes one sample from reals. Allocates nothing.",
            "<param name=\"inputs\"><see cref=\"InputSize\"/> reals, the input ports one behind the other.</param>",
            "<param name=\"results\">Receives <see cref=\"OutputSize\"/> reals, the outputs one behind the other.</param>",
            "<exception cref=\"global::System.ArgumentException\">A length is wrong, or an input is NaN, or infinite where its format wraps.</exception>");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"public static void Predict(ReadOnlySpan<{type}> inputs, Span<{type}> results)");
        Require("inputs", "InputSize");
        Require("results", "OutputSize");
        ScratchMemory.Open(_writer, _storage.SingleBytes);
        _writer.Line("LoadBlock(inputs, 0, 1, 1, ref scratch);");
        _writer.Line("RunSingle(SingleBits, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, 1, 1, results);");
        ScratchMemory.Close(_writer, _storage.SingleBytes);
        _writer.Close();
    }

    private void EmitRaw()
    {
        Summary(
            "Computes one sample from integer codes. Allocates nothing.",
            "<param name=\"codes\"><see cref=\"InputCodeSize\"/> codes: raw integers, each in the range of its format in <see cref=\"InputFormats\"/>; others give unspecified results.</param>",
            "<param name=\"results\">Receives <see cref=\"OutputSize\"/> raw integers in the formats <see cref=\"OutputFormats\"/>.</param>",
            "<exception cref=\"global::System.ArgumentException\">A length is wrong.</exception>");
        _writer.Line($"public static void PredictRaw(ReadOnlySpan<{_codeType}> codes, Span<{_codeType}> results)");
        _writer.Line("    => PredictRaw(codes, results, SingleBits);");
        _writer.Line();
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void PredictRaw(ReadOnlySpan<{_codeType}> codes, Span<{_codeType}> results, int vectorBits)");
        Require("codes", "InputCodeSize");
        Require("results", "OutputSize");
        ScratchMemory.Open(_writer, _storage.SingleBytes);
        _writer.Line("LoadBlock(codes, 0, 1, 1, ref scratch);");
        _writer.Line("RunSingle(vectorBits, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, 1, 1, results);");
        ScratchMemory.Close(_writer, _storage.SingleBytes);
        _writer.Close();
    }

    private void EmitClassify(string type)
    {
        Summary(
            "The index of the largest result of one sample; of equal ones the first.",
            "<param name=\"inputs\"><see cref=\"InputSize\"/> reals.</param>",
            "<exception cref=\"global::System.ArgumentException\">As for <c>Predict</c>.</exception>");
        _writer.Open($"public static int Classify(ReadOnlySpan<{type}> inputs)");
        Require("inputs", "InputSize");
        ScratchMemory.Open(_writer, _storage.SingleBytes);
        _writer.Line("LoadBlock(inputs, 0, 1, 1, ref scratch);");
        _writer.Line("RunSingle(SingleBits, ref scratch);");
        _writer.Line("return Best(ref scratch);");
        ScratchMemory.Close(_writer, _storage.SingleBytes);
        _writer.Close();
    }

    private void EmitBatch(string type, string size, string resultType)
    {
        bool real = type is "float" or "double";
        string what = real ? "Computes many samples from reals, vectorised across samples." : "Computes many samples from integer codes, vectorised across samples.";
        string[] parameters =
        {
            $"<param name=\"inputs\">Samples one behind the other: count · <see cref=\"{size}\"/> {(real ? "reals" : "codes")}.</param>",
            "<param name=\"results\">Receives count · <see cref=\"OutputSize\"/> results.</param>",
            "<param name=\"count\">Number of samples.</param>",
        };
        string exception = "<exception cref=\"global::System.ArgumentException\">A length is wrong, or an input has no code.</exception>";
        Summary($"{what} Allocates nothing.", parameters.Append(exception).ToArray());
        _writer.Line($"public static void PredictBatch(ReadOnlySpan<{type}> inputs, Span<{resultType}> results, int count)");
        _writer.Line("    => PredictBlocks(inputs, results, count, BlockLanes);");
        Summary(
            $"{what} Large batches are split over threads; on one thread nothing is allocated.",
            parameters
                .Append("<param name=\"maxDegreeOfParallelism\">Most threads that work at the same time, at least 1.</param>")
                .Append(exception)
                .Append("<exception cref=\"global::System.ArgumentOutOfRangeException\">A number of threads below 1.</exception>")
                .ToArray());
        _writer.Open($"public static void PredictBatch(ReadOnlyMemory<{type}> inputs, Memory<{resultType}> results, int count, int maxDegreeOfParallelism)");
        _writer.Line("ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);");
        _writer.Line("int threads = Math.Min(maxDegreeOfParallelism, count / SamplesOfThread);");
        _writer.Open("if (threads <= 1)");
        _writer.Line("PredictBatch(inputs.Span, results.Span, count);");
        _writer.Line("return;");
        _writer.Close();
        _writer.Line();
        _writer.Line($"Require(inputs.Length, (long)count * {size}, \"inputs\");");
        _writer.Line("Require(results.Length, (long)count * OutputSize, \"results\");");
        _writer.Line("PredictOnThreads(inputs, results, count, threads);");
        _writer.Close();
    }

    // A method of its own: its lambda's closure must not be allocated where there is one thread.
    private void EmitThreads(string type)
    {
        _writer.Line();
        _writer.Open($"private static void PredictOnThreads(ReadOnlyMemory<{type}> inputs, Memory<{type}> results, int count, int threads)");
        _writer.Line("// Whole blocks for each thread; the caller's takes the first part.");
        _writer.Line("int size = (((count + threads - 1) / threads) + 31) & ~31;");
        _writer.Line("Task[] others = new Task[((count + size - 1) / size) - 1];");
        _writer.Open("for (int n = 0; n < others.Length; n++)");
        _writer.Line("int first = (n + 1) * size;");
        _writer.Line("int end = Math.Min(first + size, count);");
        _writer.Line("others[n] = Task.Run(() => PredictPart(inputs.Span, results.Span, first, end, BlockLanes));");
        _writer.Close();
        _writer.Line();
        _writer.Open("try");
        _writer.Line("PredictPart(inputs.Span, results.Span, 0, Math.Min(size, count), BlockLanes);");
        _writer.Close();
        _writer.Open("finally");
        _writer.Open("foreach (Task other in others)");
        _writer.Line("other.GetAwaiter().GetResult();");
        _writer.Close();
        _writer.Close();
        _writer.Close();
    }

    private void EmitRun()
    {
        _writer.Line();
        _writer.Line("// Samples that are worth a thread of their own.");
        _writer.Line("private const int SamplesOfThread = 256;");
        _writer.Line();
        _writer.Line("// Samples side by side in the widest vectors that this machine computes with.");
        string lanes = string.Concat(Machine.LargeFirst.Select(machine => $"{machine.Accelerated} ? {Literal.Of(machine.Samples)} : "));
        _writer.Line($"private static int BlockLanes => {lanes}{Literal.Of(Machine.Narrow.Samples)};");
        _writer.Line();
        _writer.Line("// Vectors that are loops in disguise are slower than one sample after the other.");
        _writer.Line($"private static bool IsFew(int count, int lanes) => !{Machine.Narrow.Accelerated} || {(_vectorSingle ? "count <= (SingleBits == 0 ? 1 : 6)" : "count * 8 <= lanes")};");
        _writer.Line();
        _writer.Line("// Vectors of the kernel for one sample; 0 is scalar code.");
        string bits = string.Concat(Machine.LargeFirst.Select(machine => $"{machine.WordsSupported} ? {Literal.Of(machine.Bits)} : "));
        _writer.Line($"private static int SingleBits => {bits}0;");
        _writer.Line();
        _writer.Open("private static void RunSingle(int vectorBits, ref byte scratch)");
        _writer.Open("switch (vectorBits)");
        foreach (var machine in Machine.LargeFirst)
        {
            _writer.Line($"case {Literal.Of(machine.Bits)}:");
            _writer.Line($"    Run_Single{Literal.Of(machine.Bits)}(ref scratch);");
            _writer.Line("    break;");
        }

        _writer.Line("default:");
        _writer.Line("    Run_Single(ref scratch);");
        _writer.Line("    break;");
        _writer.Close();
        _writer.Close();
        _writer.Line();
        EmitChoice("Run", string.Empty);
        if (_groups.Length > 0)
        {
            _writer.Line();
            _writer.Line("// Scratch memory of a block, for each of its lanes.");
            _writer.Line($"private const int BytesOfLane = {Literal.Of(_storage.BytesPerLane + _storage.StagingBytesPerLane)};");
        }

        foreach (int blocks in _groups)
        {
            _writer.Line();
            EmitChoice("Run" + Literal.Of(blocks), "x" + Literal.Of(blocks));
        }
    }

    private void EmitChoice(string name, string suffix)
    {
        _writer.Open($"private static void {name}(int lanes, ref byte scratch)");
        _writer.Open("switch (lanes)");
        foreach (var shape in KernelShape.Blocks)
        {
            _writer.Line(shape.Machine.IsNarrowest ? "default:" : $"case {Literal.Of(shape.Lanes)}:");
            _writer.Line($"    Run_{shape.Suffix}{suffix}(ref scratch);");
            _writer.Line("    break;");
        }

        _writer.Close();
        _writer.Close();
    }

    private void EmitRequire()
    {
        _writer.Line();
        _writer.Open("private static void Require(int found, long expected, string parameter)");
        _writer.Open("if (found != expected)");
        _writer.Line("throw new ArgumentException(");
        _writer.Line("    \"The length is \" + found.ToString(CultureInfo.InvariantCulture) + \", the model needs \" + expected.ToString(CultureInfo.InvariantCulture) + \".\",");
        _writer.Line("    parameter);");
        _writer.Close();
        _writer.Close();
    }

    private void Require(string parameter, string size) => _writer.Line($"Require({parameter}.Length, {size}, \"{parameter}\");");
}

using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes the public entry points.</summary>
internal sealed class PredictEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly string _codeType;

    public PredictEmitter(SourceWriter writer, IntegerProgram program, StoragePlan storage)
    {
        _writer = writer;
        _program = program;
        _storage = storage;
        _codeType = new CodeLayout(program).CodeType;
    }

    private int BlockBytes => System.Math.Max(_storage.SingleBytes, (_storage.BytesPerLane + _storage.StagingBytesPerLane) * KernelShape.Blocks[KernelShape.Blocks.Length - 1].Lanes);

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
            "<exception cref=\"ArgumentException\">A length is wrong, or an input is NaN, or infinite where its format wraps.</exception>");
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
            "<exception cref=\"ArgumentException\">A length is wrong.</exception>");
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
            "<exception cref=\"ArgumentException\">As for <c>Predict</c>.</exception>");
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
        Summary(
            real ? "Computes many samples from reals, vectorised across samples. Allocates nothing." : "Computes many samples from integer codes, vectorised across samples. Allocates nothing.",
            $"<param name=\"inputs\">Samples one behind the other: count · <see cref=\"{size}\"/> {(real ? "reals" : "codes")}.</param>",
            "<param name=\"results\">Receives count · <see cref=\"OutputSize\"/> results.</param>",
            "<param name=\"count\">Number of samples.</param>",
            "<exception cref=\"ArgumentException\">A length is wrong, or an input has no code.</exception>");
        _writer.Line($"public static void PredictBatch(ReadOnlySpan<{type}> inputs, Span<{resultType}> results, int count)");
        _writer.Line("    => PredictBlocks(inputs, results, count, Vector512.IsHardwareAccelerated ? 32 : Vector256.IsHardwareAccelerated ? 16 : 8);");
    }

    private void EmitBlocks(string type, string size)
    {
        _writer.Line();
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void PredictBlocks(ReadOnlySpan<{type}> inputs, Span<{type}> results, int count, int lanes)");
        _writer.Line("ArgumentOutOfRangeException.ThrowIfNegative(count);");
        _writer.Line($"Require(inputs.Length, (long)count * {size}, \"inputs\");");
        _writer.Line("Require(results.Length, (long)count * OutputSize, \"results\");");
        ScratchMemory.Open(_writer, BlockBytes);
        _writer.Open("for (int first = 0; first < count; first += lanes)");
        _writer.Line("int n = Math.Min(lanes, count - first);");
        _writer.Open("if (n * 8 <= lanes)");
        _writer.Line("// A few samples cost less one by one than a block of mostly empty lanes.");
        _writer.Open("for (int s = first; s < count; s++)");
        _writer.Line($"LoadBlock(inputs.Slice(s * {size}, {size}), s * {size}, 1, 1, ref scratch);");
        _writer.Line("RunSingle(SingleBits, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, 1, 1, results.Slice(s * OutputSize, OutputSize));");
        _writer.Close();
        _writer.Line();
        _writer.Line("break;");
        _writer.Close();
        _writer.Line();
        _writer.Line($"LoadBlock(inputs.Slice(first * {size}, n * {size}), first * {size}, n, lanes, ref scratch);");
        _writer.Line("Run(lanes, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, n, lanes, results.Slice(first * OutputSize));");
        _writer.Close();
        ScratchMemory.Close(_writer, BlockBytes);
        _writer.Close();
    }

    private void EmitRun()
    {
        _writer.Line();
        _writer.Line("// Vectors of the kernel for one sample; 0 is scalar code.");
        _writer.Line("private static int SingleBits => Avx512BW.IsSupported ? 512 : Avx2.IsSupported ? 256 : 0;");
        _writer.Line();
        _writer.Open("private static void RunSingle(int vectorBits, ref byte scratch)");
        _writer.Open("switch (vectorBits)");
        _writer.Line("case 512:");
        _writer.Line("    Run_Single512(ref scratch);");
        _writer.Line("    break;");
        _writer.Line("case 256:");
        _writer.Line("    Run_Single256(ref scratch);");
        _writer.Line("    break;");
        _writer.Line("default:");
        _writer.Line("    Run_Single(ref scratch);");
        _writer.Line("    break;");
        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Open("private static void Run(int lanes, ref byte scratch)");
        _writer.Open("switch (lanes)");
        foreach (var shape in KernelShape.Blocks)
        {
            _writer.Line(shape.VectorBits == 128 ? "default:" : $"case {Literal.Of(shape.Lanes)}:");
            _writer.Line($"    Run_{shape.Suffix}(ref scratch);");
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

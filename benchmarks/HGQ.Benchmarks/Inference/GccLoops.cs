using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference;

/// <summary>The same integers as plain C loops over int16 matrices, compiled by <c>gcc -O3 -march=native</c>: what a programmer writes first.</summary>
internal sealed class GccLoops : IDisposable
{
    private readonly string _folder;
    private readonly nint _library;

    private GccLoops(string folder, nint library)
    {
        _folder = folder;
        _library = library;
        Run = Marshal.GetDelegateForFunctionPointer<BatchFunction>(NativeLibrary.GetExport(library, "predict"));
    }

    public unsafe delegate void BatchFunction(short* codes, int* results, int count);

    public BatchFunction Run { get; }

    /// <summary>Compiles the loops; null where there is no gcc.</summary>
    public static GccLoops? TryCompile(ModelGraph graph)
    {
        string folder = Directory.CreateTempSubdirectory("hgq-gcc-").FullName;
        string source = Path.Combine(folder, "loops.c"), library = Path.Combine(folder, "loops.so");
        File.WriteAllText(source, Source(Lowerer.Lower(graph)));
        try
        {
            using var gcc = Process.Start("gcc", ["-O3", "-march=native", "-shared", "-fPIC", "-o", library, source]);
            gcc.WaitForExit();
            return gcc.ExitCode == 0 ? new GccLoops(folder, NativeLibrary.Load(library)) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    private static string Source(IntegerProgram program)
    {
        var tables = new StringBuilder("#include <stdint.h>\n");
        var body = new StringBuilder();
        string source = "x";
        var requantizes = program.Instructions.OfType<RequantizeInstruction>().ToDictionary(instruction => instruction.Source);
        foreach (var (product, n) in program.Instructions.OfType<ConstantProductInstruction>().Select((product, n) => (product, n)))
        {
            var weights = Enumerable.Range(0, product.Outputs).SelectMany(o => Enumerable.Range(0, product.Taps).Select(t => product.Weights[(t * product.Outputs) + o]));
            tables.Append(CultureInfo.InvariantCulture, $"static const int16_t w{n}[{product.Outputs}][{product.Taps}] = {{{string.Join(',', weights)}}};\n");
            tables.Append(CultureInfo.InvariantCulture, $"static const int32_t b{n}[{product.Outputs}] = {{{string.Join(',', product.Bias)}}};\n");
            bool last = !requantizes.TryGetValue(product.Destination, out var requantize);
            string target = last ? "y" : $"h{n}";
            if (!last)
            {
                body.Append(CultureInfo.InvariantCulture, $"    int16_t h{n}[{product.Outputs}];\n");
                tables.Append(CultureInfo.InvariantCulture, $"static const int8_t s{n}[{product.Outputs}] = {{{string.Join(',', requantize!.Shifts)}}};\n");
            }

            body.Append(CultureInfo.InvariantCulture, $"    for (int o = 0; o < {product.Outputs}; o++) {{\n      int32_t a = b{n}[o];\n");
            body.Append(CultureInfo.InvariantCulture, $"      for (int t = 0; t < {product.Taps}; t++) a += (int32_t)w{n}[o][t] * {source}[t];\n");
            body.Append(last ? $"      {target}[o] = a;\n    }}\n" : $"      a = a < 0 ? 0 : a;\n      {target}[o] = (a >> s{n}[o]) & 255;\n    }}\n");
            source = target;
        }

        tables.Append(CultureInfo.InvariantCulture, $"void predict(const int16_t *codes, int32_t *results, int count) {{\n  for (int i = 0; i < count; i++) {{\n    const int16_t *x = codes + i * {program.InputCodeSize};\n    int32_t *y = results + i * {program.OutputSize};\n");
        return tables.Append(body).Append("  }\n}\n").ToString();
    }
}

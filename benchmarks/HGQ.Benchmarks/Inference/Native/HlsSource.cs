using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.HlsEmit;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference.Native;

/// <summary>The emitted HLS kernels as one C++ text with a C function around the top function; the test bench brings the conversion of codes.</summary>
internal static class HlsSource
{
    private const string Top = "kernel";

    public static string Write(IntegerProgram program)
    {
        var project = HlsEmitter.Emit(program,
            new HlsOptions { TopName = Top, ProbedSamples = 0, Vectors = 0, IoType = HlsIoType.Parallel }, null);
        string folder = Directory.CreateTempSubdirectory("hgq-hls-").FullName;
        try
        {
            HlsProjectWriter.Write(project, folder);
            return Inline(folder, program);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Headers are put where they are included: the text alone says what is compiled.
    private static string Inline(string folder, IntegerProgram program)
    {
        var seen = new HashSet<string>();
        string[] search = [Path.Combine(folder, "firmware"), Path.Combine(folder, "sim")];
        string Read(string path) => string.Concat(File.ReadAllLines(path).Select(line => Included(line, Path.GetDirectoryName(path)!) ?? line + "\n"));
        string? Included(string line, string beside)
        {
            if (!line.StartsWith("#include", StringComparison.Ordinal))
            {
                return null;
            }

            string name = line.Split('"', '<', '>')[1];
            string? path = search.Prepend(beside).Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists);
            return path is null ? null : seen.Add(Path.GetFullPath(path)) ? Read(path) : string.Empty;
        }

        var units = Directory.GetFiles(Path.Combine(folder, "firmware"), "*.cpp", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        string kernels = string.Concat(units.Select(Read)), bench = Read(Path.Combine(folder, "tb", Top + "_tb.cpp"));
        return kernels + "#define main bench_main\n" + bench + FormattableString.Invariant($$"""

            extern "C" void predict(const short *codes, int *results, int count) {
              long long x[{{program.InputCodeSize}}], y[{{program.OutputSize}}];
              for (int i = 0; i < count; i++) {
                for (int e = 0; e < {{program.InputCodeSize}}; e++) x[e] = codes[(long long)i * {{program.InputCodeSize}} + e];
                run(x, y);
                for (int e = 0; e < {{program.OutputSize}}; e++) results[(long long)i * {{program.OutputSize}} + e] = (int)y[e];
              }
            }

            """);
    }
}

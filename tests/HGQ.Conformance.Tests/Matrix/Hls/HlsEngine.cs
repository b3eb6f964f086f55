using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.HlsEmit;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Matrix.Hls;

/// <summary>
/// Emitted C++: each project's self-checking test bench, which compares every layer, and then all samples. All projects become
/// one executable; warnings are errors. With <c>HGQ_AP_TYPES</c> naming the folder of the vendor's open headers, these are used.
/// </summary>
internal sealed class HlsEngine(HlsIoType io) : IMatrixEngine
{
    public string Name => io == HlsIoType.Stream ? MatrixEngines.Streams : "hls";

    public bool NeedsCompiler => true;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models)
    {
        using var folder = new TemporaryFolder();
        var verdicts = models.Select(model => new MatrixVerdict(model)).ToArray();
        var names = models.Select((model, n) => Emit(model, n, folder, verdicts[n])).OfType<string>().ToArray();
        if (names.Length > 0)
        {
            var simulation = new SimulationProgram(folder, names);
            foreach (var (name, line) in simulation.Run())
            {
                Compare(models[Number(name)], verdicts[Number(name)], line, folder.Combine(name, "results"));
            }

            foreach (var (name, errors) in simulation.Failures)
            {
                verdicts[Number(name)].Broken(errors);
            }
        }

        return verdicts;
    }

    private string? Emit(MatrixModel model, int n, TemporaryFolder folder, MatrixVerdict verdict)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"m{n}");
        try
        {
            var project = HlsEmitter.Emit(model.Program, new HlsOptions { TopName = name, IoType = io, Vectors = 100 }, null, model.Codes);
            HlsProjectWriter.Write(project, folder.Combine(name));
        }
        catch (HlsEmitException refusal)
        {
            verdict.Broken(refusal.Message);
            return null;
        }

        File.WriteAllBytes(folder.Combine(name, "codes"), [.. model.Codes.SelectMany(codes => codes).SelectMany(BitConverter.GetBytes)]);
        return name;
    }

    private static void Compare(MatrixModel model, MatrixVerdict verdict, string line, string results)
    {
        if (line != "0 0")
        {
            verdict.Broken($"the test bench ends with '{line}'");
            return;
        }

        // Without any live input there is nothing that tells the number of samples; the test bench has compared them.
        if (model.Program.InputCodeSize > 0)
        {
            verdict.CompareCodes("top function", [.. File.ReadAllBytes(results).Chunk(sizeof(long)).Select(bytes => BitConverter.ToInt64(bytes))]);
        }

        verdict.EntryPoints.Add("test bench");
    }

    private static int Number(string name) => int.Parse(name[1..], CultureInfo.InvariantCulture);
}

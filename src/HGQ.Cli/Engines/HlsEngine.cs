using System;
using System.IO;
using HGQ.HlsEmit;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Cli.Engines;

/// <summary>The emitted HLS project, built with the C++ compiler of the machine in a folder that goes away.</summary>
internal sealed class HlsEngine(IntegerProgram program) : IInferenceEngine
{
    private DirectoryInfo? _folder;
    private HlsSimulation? _simulation;

    /// <inheritdoc/>
    public string Name => $"hls ({_simulation?.Compiler ?? "g++"})";

    /// <inheritdoc/>
    public void Prepare()
    {
        if (HlsSimulation.MissingTool is { } missing)
        {
            throw new EngineUnavailableException(missing);
        }

        HlsProject project = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 });
        _folder = Directory.CreateTempSubdirectory("hgq-hls-");
        string directory = Path.Combine(_folder.FullName, "project");
        HlsProjectWriter.Write(project, directory);
        _simulation = HlsSimulation.Build(directory, project.Name);
    }

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        HlsSimulation simulation = _simulation ?? throw new InvalidOperationException("The engine is not prepared.");
        return new EngineResults(simulation.Run(vectors.Codes, program.InputCodeSize, program.OutputSize));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder?.Delete(recursive: true);
}

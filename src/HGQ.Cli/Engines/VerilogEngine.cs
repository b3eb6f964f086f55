using System;
using System.IO;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.VerilogEmit;

namespace HGQ.Cli.Engines;

/// <summary>The emitted Verilog, built with Verilator in a folder that goes away.</summary>
internal sealed class VerilogEngine(IntegerProgram program) : IInferenceEngine
{
    private DirectoryInfo? _folder;
    private VerilogSimulation? _simulation;

    /// <inheritdoc/>
    public string Name => "verilog";

    /// <inheritdoc/>
    public void Prepare()
    {
        if (VerilogSimulation.MissingTool is { } missing)
        {
            throw new EngineUnavailableException(missing);
        }

        VerilogProject project = VerilogEmitter.Emit(program, new VerilogOptions { Vectors = 0 });
        _folder = Directory.CreateTempSubdirectory("hgq-verilog-");
        string directory = Path.Combine(_folder.FullName, "project");
        project.Write(directory);
        _simulation = VerilogSimulation.Build(directory, project.Name);
    }

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        VerilogSimulation simulation = _simulation ?? throw new InvalidOperationException("The engine is not prepared.");
        return new EngineResults(simulation.Run(vectors.Codes, program.InputCodeSize, program.OutputSize));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder?.Delete(recursive: true);
}

using System;
using System.Collections.Generic;
using HGQ.HlsEmit.Projects;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;

namespace HGQ.HlsEmit;

/// <summary>Emits a program as an HLS project: C++ that a synthesis tool and a plain compiler read alike (docs/hls.md).</summary>
public static class HlsEmitter
{
    /// <summary>Paths of all templates, as files in <see cref="HlsOptions.TemplateDirectory"/> that replace them have to be
    /// called.</summary>
    public static IReadOnlyList<string> Templates => TemplateRenderer.Names;

    /// <summary>Emits a project. Same program and options, same bytes; nothing is written to disk.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    /// <exception cref="HlsOptionException">An option is wrong.</exception>
    /// <exception cref="HlsEmitException">A port is too wide, or a template is wrong.</exception>
    public static HlsProject Emit(IntegerProgram program, HlsOptions options, string? modelFileText = null) =>
        Emit(program, options, modelFileText, []);

    /// <summary>Emits a project whose test bench also runs the given samples.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    /// <param name="samples">Input codes, <see cref="IntegerProgram.InputCodeSize"/> for each sample.</param>
    /// <exception cref="HlsOptionException">An option is wrong.</exception>
    /// <exception cref="HlsEmitException">A port is too wide, or a template is wrong.</exception>
    public static HlsProject Emit(IntegerProgram program, HlsOptions options, string? modelFileText, IReadOnlyList<long[]> samples)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(samples);
        return new ProjectBuilder(program, HlsOptionsValidator.Complete(options, program.Name)).Build(modelFileText, samples);
    }
}

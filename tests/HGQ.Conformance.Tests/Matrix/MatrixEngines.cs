using System.Collections.Generic;
using System.Linq;
using HGQ.Conformance.Tests.Matrix.CSharp;
using HGQ.Conformance.Tests.Matrix.Hls;
using HGQ.HlsEmit;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>All engines that are held against the reference.</summary>
internal static class MatrixEngines
{
    /// <summary>The emitted C++ with layers joined by streams.</summary>
    public const string Streams = "hls-stream";

    /// <summary>Bit netlists: apart from the others, since the widest models make too many LUTs for a test.</summary>
    public const string Netlist = "netlist";

    private static readonly IMatrixEngine[] All = [new DefinitionEngine(), new PlainInterpreterEngine(), new ModelFileEngine(), new CSharpEngine(), new HlsEngine(HlsIoType.Parallel), new HlsEngine(HlsIoType.Stream)];

    /// <summary>Engines that need nothing but .NET.</summary>
    public static IEnumerable<string> Managed => All.Where(engine => !engine.NeedsCompiler).Select(engine => engine.Name);

    /// <summary>Engines that need a C++ compiler.</summary>
    public static IEnumerable<string> Compiled => All.Where(engine => engine.NeedsCompiler).Select(engine => engine.Name);

    /// <summary>The engine of a name.</summary>
    public static IMatrixEngine Find(string name) => name == Netlist ? new NetlistMatrixEngine() : All.Single(engine => engine.Name == name);
}

using System.Collections.Generic;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>One way to compute models; many at once, since compilers are started once for all of them.</summary>
internal interface IMatrixEngine
{
    /// <summary>Short name, for example <c>csharp</c>.</summary>
    string Name { get; }

    /// <summary>Whether it needs a C++ compiler.</summary>
    bool NeedsCompiler { get; }

    /// <summary>Computes all samples of all models.</summary>
    /// <returns>For each model what is wrong with it; nothing where all integers are equal.</returns>
    IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models);
}

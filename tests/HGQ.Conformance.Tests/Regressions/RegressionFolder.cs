using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Conformance.Tests.Matrix;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Regressions;

/// <summary>Models that an engine once got wrong: kept as model files beside the tests and run always.</summary>
internal static class RegressionFolder
{
    private static string Folder => RepositoryRoot.Combine("tests", "HGQ.Conformance.Tests", "Regressions");

    /// <summary>All kept models, by file name.</summary>
    public static IEnumerable<MatrixModel> Models() => Directory.GetFiles(Folder, "*.hgq.json").Order(System.StringComparer.Ordinal)
        .Select(file => Fuzzing.Sampled(Path.GetFileName(file), ModelReader.ReadFile(file), 1));

    /// <summary>Makes a failing model small and writes it; commit the file together with the repair.</summary>
    /// <returns>Path of the file.</returns>
    public static string Keep(IMatrixEngine engine, ModelGraph graph, int seed)
    {
        var small = new GraphMinimizer(engine, seed).Minimize(graph);
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{engine.Name}-{seed}.hgq.json"));
        ModelWriter.WriteFile(small, path);
        return path;
    }
}

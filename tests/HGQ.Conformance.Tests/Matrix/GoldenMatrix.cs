using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using HGQ.Conformance.Tests.Golden;
using HGQ.Conformance.Tests.Golden.V1;
using HGQ.Conformance.Tests.Golden.V2;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>The recorded models in every engine: each engine runs once for all of them, each model is a test of its own.</summary>
internal static class GoldenMatrix
{
    private static readonly Lazy<MatrixModel[]> Models = new(() => [.. Recorded().Select(model => new MatrixModel(model.Id, model.Graph, model.Samples))]);
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<MatrixVerdict>>> Verdicts = new();

    /// <summary>Names of all recorded models.</summary>
    public static IEnumerable<string> Names => Recorded().Select(model => model.Id);

    /// <summary>What an engine made of a recorded model.</summary>
    public static MatrixVerdict Verdict(string engine, string model)
    {
        var all = Verdicts.GetOrAdd(engine, name => new(() => MatrixEngines.Find(name).Run(Models.Value))).Value;
        return all[Array.FindIndex(Models.Value, candidate => candidate.Name == model)];
    }

    private static IEnumerable<GoldenModel> Recorded() => V1Models.All.Concat(V2Models.All);
}

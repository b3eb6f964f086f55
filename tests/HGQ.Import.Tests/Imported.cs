using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;

namespace HGQ.Import.Tests;

/// <summary>What an imported model computes.</summary>
internal static class Imported
{
    public static ReferenceInterpreter Run(string path, string? input = null) => Run([path], input);

    public static ReferenceInterpreter Run(IReadOnlyList<string> paths, string? input = null)
        => new(Lowerer.Lower(
            ModelImporter.Import(paths, new ImportOptions { Input = input is null ? null : InputFormat.Parse(input) }).Graph));

    public static double[] Values(this ReferenceInterpreter model, params double[] inputs) => model.Decode(model.Predict(inputs));

    public static ImportException Refused(params string[] paths)
        => Assert.Throws<ImportException>(() => ModelImporter.Import(paths, new ImportOptions()));

    /// <summary>All numbers of a grid: low, low + step, … up to high.</summary>
    public static IEnumerable<double> Grid(double low, double high, double step)
        => Enumerable.Range(0, (int)((high - low) / step) + 1).Select(n => low + (n * step));
}

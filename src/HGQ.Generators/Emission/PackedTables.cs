using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>The tables that the loops over <see cref="PackedPairs"/> read; all kernels read the same.</summary>
internal sealed class PackedTables
{
    /// <summary>Offsets of packed rows are counted in 16 bytes, the size of a row in the narrowest block.</summary>
    public const int RowUnit = 16;

    private readonly Kernel _kernel;
    private readonly ConstantProductPlan _plan;
    private readonly PackedPairs _pairs;
    private string _results = string.Empty;
    private string _segments = string.Empty;
    private string _lengths = string.Empty;

    public PackedTables(Kernel kernel, ConstantProductPlan plan, PackedPairs pairs)
    {
        _kernel = kernel;
        _plan = plan;
        _pairs = pairs;
    }

    /// <summary>Says what the product is.</summary>
    public static string Comment(ConstantProductPlan plan, PackedPairs pairs)
        => $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums of {Literal.Of(plan.CountTerms())} terms in {Literal.Of(pairs.Rows.Count)} pairs of bytes, {Literal.Of(plan.Lane.Bits)}-bit accumulators";

    /// <summary>Declares the tables of the lines.</summary>
    public void DeclareLines()
    {
        _results = Local(_pairs.Results);
        _segments = Local(_pairs.Segments);
        _lengths = Local(_pairs.Lengths);
    }

    /// <summary>The result of a line.</summary>
    public string Result(string line) => $"{_results}[{line}]";

    /// <summary>The number of segments of a line.</summary>
    public string Segments(string line) => $"{_segments}[{line}]";

    /// <summary>The number of pairs of each segment of a line.</summary>
    public string Length(string line) => $"{_lengths}[{line}]";

    /// <summary>Declares the weights: each pair twice in 32 bits, whose broadcast from memory is a load and nothing else.</summary>
    public string Weights() => _kernel.TableReference(
        _kernel.Tables.Once("pair weights", _plan.Destination, () => _kernel.Tables.Add(_pairs.Weights.Select(Quad).ToArray(), "int")), "int");

    /// <summary>Declares the packed rows of the pairs.</summary>
    public string Rows()
    {
        string type = _pairs.Pairs.Count * RowUnit <= ushort.MaxValue ? "ushort" : "int";
        string table = _kernel.Tables.Once(
            "pair offsets", _plan.Destination, () => _kernel.Tables.Add(_pairs.Rows.Select(row => (long)row * RowUnit).ToArray(), type));
        return _kernel.TableReference(table, type);
    }

    private string Local(List<int> values) => _kernel.LocalTable(values.Select(value => (long)value).ToArray());

    private static long Quad((int First, int Second) pair)
    {
        int bytes = (pair.First & 255) | ((pair.Second & 255) << 8);
        return bytes | (bytes << 16);
    }
}

using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>The tables that the loops over <see cref="BytePairs"/> read; all kernels read the same.</summary>
internal sealed class BytePairTables
{
    private readonly Kernel _kernel;
    private readonly BytePairs _pairs;
    private string _results = string.Empty;
    private string _segments = string.Empty;
    private string _lengths = string.Empty;

    public BytePairTables(Kernel kernel, BytePairs pairs)
    {
        _kernel = kernel;
        _pairs = pairs;
    }

    /// <summary>Says what the product is.</summary>
    public static string Comment(ConstantProductPlan plan, BytePairs pairs)
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

    /// <summary>Declares the weights.</summary>
    public string Weights() => _kernel.TableReference(_pairs.WeightTable, "int");

    /// <summary>Declares the packed rows of the pairs.</summary>
    public string Rows()
    {
        return _kernel.TableReference(_pairs.OffsetTable, _pairs.Pairs.Count * BytePairs.RowUnit <= ushort.MaxValue ? "ushort" : "int");
    }

    private string Local(List<int> values) => _kernel.LocalTable(values.Select(value => (long)value).ToArray());
}

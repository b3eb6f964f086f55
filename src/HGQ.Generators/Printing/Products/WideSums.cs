using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// 32-bit sums of a block, of which a vector holds half of the samples: the even and the odd ones, or, where the results are
/// stored as 32 bits, the lower and the upper half.
/// </summary>
internal sealed class WideSums
{
    /// <summary>Vectors of 32-bit lanes for one of 16 bits.</summary>
    public const int Halves = 2;

    private readonly string _vector;
    private readonly int _lanes;
    private readonly bool _interleaves;

    public WideSums(Kernel kernel, ConstantProductPlan plan)
    {
        _vector = kernel.Shape.Vector;
        _lanes = kernel.Shape.Lanes;
        _interleaves = kernel.Storage.TypeOf(plan.Destination) == LaneType.Int16;
        Names = _interleaves ? new[] { "even", "odd" } : new[] { "lower", "upper" };
    }

    /// <summary>Variables of the two halves.</summary>
    public string[] Names { get; }

    /// <summary>A half of a vector of 16-bit sums.</summary>
    public string Widen(string sums, int half)
        => _interleaves ? half == 0 ? $"({_vector}.AsInt32({sums}) << 16) >> 16" : $"{_vector}.AsInt32({sums}) >> 16"
        : $"{_vector}.{(half == 0 ? "WidenLower" : "WidenUpper")}({sums})";

    /// <summary>Writes the statements that store the finished variables, whose names may have an end.</summary>
    /// <param name="writer">The method's text.</param>
    /// <param name="target">Buffer and offset, without the last parenthesis.</param>
    /// <param name="end">End of the names.</param>
    public void Store(SourceWriter writer, string target, string end)
    {
        string[] names = Names.Select(name => name + end).ToArray();
        if (_interleaves)
        {
            writer.Line($"{_vector}.StoreUnsafe({_vector}.AsInt16(({names[0]} & {_vector}.Create(65535)) | ({names[1]} << 16)), {target});");
            return;
        }

        writer.Line($"{_vector}.StoreUnsafe({names[0]}, {target});");
        writer.Line($"{_vector}.StoreUnsafe({names[1]}, {target} + {Literal.Of(_lanes / 2)});");
    }
}

using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// A large product of 16-bit sums as straight-line code: a method for each tile of the source and group of results. Sums wait in
/// memory from tile to tile.
/// </summary>
internal sealed class TiledBlockPrinter
{
    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly ProductTiles _tiles;
    private readonly LaneCode _code;

    private TiledBlockPrinter(Kernel kernel, TiledBlock strategy)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = strategy.Plan;
        _tiles = strategy.Tiles;
        _code = LaneCode.For(kernel, LaneType.Int16);
    }

    private int Lanes => _kernel.Shape.Lanes;

    /// <summary>Writes the methods.</summary>
    public static void Emit(Kernel kernel, string method, TiledBlock strategy)
    {
        var product = new TiledBlockPrinter(kernel, strategy);
        for (var tile = 0; tile < product._tiles.Tiles.Count; tile++)
        {
            string name = $"{method}_{Literal.Of(tile)}";
            var groups = product._tiles.Tiles[tile];
            var multiples = product._tiles.Multiples[tile];
            var parts = groups.Select((group, number) => product.EmitGroup(name, tile, group, multiples, number)).ToArray();
            kernel.CallParts(name, product.Comment(tile), parts);
        }
    }

    private string Comment(int tile)
    {
        var (first, last) = _tiles.SourcesOf(tile);
        return $"{_plan.Layer}: inputs {Literal.Of(first)} to {Literal.Of(last)}";
    }

    private string EmitGroup(string name, int tile, UnrolledGroup group, MultipleCache multiples, int number)
    {
        int[] outputs = group.Outputs;
        string comment = $"{Comment(tile)} of results {Literal.Of(outputs[0])} to {Literal.Of(outputs[outputs.Length - 1])}, 16-bit accumulators, {UnrolledTerms.Comment(group)}";
        string method = _kernel.OpenPart(name, number, comment, _plan.Product.Source, _plan.Destination);
        if (_tiles.Tiles.Count > 1)
        {
            _writer.Line($"ref short sums = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {Literal.Of(_kernel.Storage.SumsOffset(_plan.Destination) * Lanes)}));");
        }

        int first = _plan.Product.PositionOffsets[0];
        var terms = new UnrolledTerms(_code, _writer, _kernel.Shape, group, multiples, number, source => _code.Load(_plan.Product.Source, first + source));
        foreach (int j in outputs.Where(IsComputed))
        {
            terms.Declare(j, tile == 0 ? _code.Constant(_plan.Product.Bias[j]) : $"{_kernel.Shape.Vector}.LoadUnsafe(ref sums, {Literal.Of(j * Lanes)})");
        }

        terms.Write();
        foreach (int j in outputs)
        {
            Finish(tile, j);
        }

        _kernel.CloseMethod();
        return method;
    }

    private bool IsComputed(int j) => _plan.Finish[j].Known is null;

    private void Finish(int tile, int j)
    {
        if (tile == _tiles.Tiles.Count - 1)
        {
            UnrolledBlockPrinter.EmitFinish(_kernel, _code, _plan, j);
        }
        else if (IsComputed(j))
        {
            _writer.Line($"{_kernel.Shape.Vector}.StoreUnsafe(a{j}, ref sums, {Literal.Of(j * Lanes)});");
        }
    }
}

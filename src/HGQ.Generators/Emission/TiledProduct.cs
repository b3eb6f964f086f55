using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// A large product of 16-bit sums as straight-line code: a method for each tile of the source and group of results. Sums wait in
/// memory from tile to tile.
/// </summary>
internal sealed class TiledProduct
{
    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly ProductTiles _tiles;
    private readonly LaneCode _code;

    private TiledProduct(Kernel kernel, ConstantProductPlan plan)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = plan;
        _tiles = ProductTiles.Of(kernel, plan);
        _code = LaneCode.For(kernel, LaneType.Int16);
    }

    private int Lanes => _kernel.Shape.Lanes;

    /// <summary>Writes the methods.</summary>
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan)
    {
        var product = new TiledProduct(kernel, plan);
        for (var tile = 0; tile < product._tiles.Tiles.Count; tile++)
        {
            string name = $"{method}_{Literal.Of(tile)}";
            var groups = product._tiles.Tiles[tile];
            var multiples = KeptMultiples.Of(kernel, groups, true);
            var parts = groups.Select((group, number) => product.EmitGroup(name, tile, group, multiples, number)).ToArray();
            kernel.CallParts(name, product.Comment(tile), parts);
        }
    }

    private string Comment(int tile)
    {
        var (first, last) = _tiles.SourcesOf(tile);
        return $"{_plan.Layer}: inputs {Literal.Of(first)} to {Literal.Of(last)}";
    }

    private string EmitGroup(string name, int tile, StraightLineGroup group, KeptMultiples multiples, int number)
    {
        int[] outputs = group.Outputs;
        string comment = $"{Comment(tile)} of results {Literal.Of(outputs[0])} to {Literal.Of(outputs[outputs.Length - 1])}, 16-bit accumulators, {group.Comment}";
        string method = _kernel.OpenPart(name, number, comment, _plan.Product.Source, _plan.Destination);
        if (_tiles.Tiles.Count > 1)
        {
            _writer.Line($"ref short sums = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {Literal.Of(_kernel.Storage.SumsOffset(_plan.Destination) * Lanes)}));");
        }

        int first = _plan.Product.PositionOffsets[0];
        var terms = new StraightLineTerms(_code, _writer, group, multiples, number, source => _code.Load(_plan.Product.Source, first + source));
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
            StraightLineProduct.EmitFinish(_kernel, _code, _plan, j);
        }
        else if (IsComputed(j))
        {
            _writer.Line($"{_kernel.Shape.Vector}.StoreUnsafe(a{j}, ref sums, {Literal.Of(j * Lanes)});");
        }
    }
}

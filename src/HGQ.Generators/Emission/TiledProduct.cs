using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>
/// A large product as straight-line code: a method for each tile of the source and group of results. Sums wait in memory from
/// tile to tile, with 16 bits where the whole sum is modulo 2^16, else with 32.
/// </summary>
internal sealed class TiledProduct
{
    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly ProductTiles _tiles;
    private readonly LaneCode _narrow;
    private readonly LaneCode _code;
    private readonly WideSums _wide;

    private TiledProduct(Kernel kernel, ConstantProductPlan plan)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = plan;
        _tiles = ProductTiles.Of(kernel, plan);
        _narrow = LaneCode.For(kernel, LaneType.Int16);
        _code = LaneCode.For(kernel, plan.Lane);
        _wide = new WideSums(kernel, plan);
    }

    private int Lanes => _kernel.Shape.Lanes;

    private string Vector => _kernel.Shape.Vector;

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
        string bits = _tiles.Widens ? "16-bit sums, 32-bit accumulators" : "16-bit accumulators";
        string comment = $"{Comment(tile)} of results {Literal.Of(outputs[0])} to {Literal.Of(outputs[outputs.Length - 1])}, {bits}, {group.Comment}";
        string method = _kernel.OpenPart(name, number, comment, _plan.Product.Source, _plan.Destination);
        if (_tiles.Tiles.Count > 1)
        {
            string type = _plan.Lane.Keyword;
            _writer.Line($"ref {type} sums = ref Unsafe.As<byte, {type}>(ref Unsafe.Add(ref scratch, {Literal.Of(_kernel.Storage.SumsOffset(_plan.Destination) * Lanes)}));");
        }

        multiples.Declare(number);
        foreach (int j in outputs.Where(IsComputed))
        {
            _writer.Line($"{_narrow.ValueType} a{j} = {Start(tile, j)};");
        }

        int start = _plan.Product.PositionOffsets[0];
        new StraightLineTerms(_narrow, _writer, group, multiples, number, source => _narrow.Load(_plan.Product.Source, start + source)).Write();
        if (_tiles.Widens)
        {
            _wide.Declare(_writer);
        }

        foreach (int j in outputs)
        {
            Finish(tile, j);
        }

        _kernel.CloseMethod();
        return method;
    }

    private bool IsComputed(int j) => _plan.Finish[j].Known is null;

    private bool IsLast(int tile) => tile == _tiles.Tiles.Count - 1;

    private string Start(int tile, int j)
        => _tiles.Widens ? _narrow.Constant(_tiles.OffsetOf(tile, j))
        : tile == 0 ? _narrow.Constant(_plan.Product.Bias[j])
        : $"{Vector}.LoadUnsafe(ref sums, {Literal.Of(j * Lanes)})";

    private void Finish(int tile, int j)
    {
        string sum = "a" + Literal.Of(j);
        if (!IsComputed(j))
        {
            if (IsLast(tile))
            {
                StoreKnown(j, _plan.Finish[j].Known!.Value);
            }
        }
        else if (_tiles.Widens)
        {
            FinishWide(tile, j, sum);
        }
        else if (IsLast(tile))
        {
            Requantize(j, sum);
            _narrow.Store(_plan.Destination, j, sum);
        }
        else
        {
            _writer.Line($"{sum}.StoreUnsafe(ref sums, {Literal.Of(j * Lanes)});");
        }
    }

    private void StoreKnown(int j, BigInteger value)
    {
        if (!_tiles.Widens)
        {
            _narrow.Store(_plan.Destination, j, _narrow.Constant(value));
            return;
        }

        _writer.Line($"{_wide.Names[0]} = {_wide.Names[1]} = {_code.Constant(value)};");
        _wide.Store(_writer, Target(j), string.Empty);
    }

    private string Target(int j) => $"ref b{Literal.Of(_plan.Destination)}, {Literal.Of(j * Lanes)}";

    private void FinishWide(int tile, int j, string sum)
    {
        for (var half = 0; half < WideSums.Halves; half++)
        {
            string place = Literal.Of((j * Lanes) + (half * Lanes / 2)), name = _wide.Names[half];
            string before = tile > 0 ? $"{Vector}.LoadUnsafe(ref sums, {place})" : _code.Constant((BigInteger)_plan.Product.Bias[j] - _tiles.SumOfOffsets(j));
            _writer.Line($"{name} = {before} + ({_wide.Widen(sum, half)});");
            if (IsLast(tile))
            {
                Requantize(j, name);
            }
            else
            {
                _writer.Line($"{name}.StoreUnsafe(ref sums, {place});");
            }
        }

        if (IsLast(tile))
        {
            _wide.Store(_writer, Target(j), string.Empty);
        }
    }

    private void Requantize(int j, string variable)
    {
        if (_plan.WrapSums && _plan.Sums[j].Known is null)
        {
            RequantizeTerms.Of(_code, _plan.Sums[j]).Write(_writer, variable);
        }

        RequantizeTerms.Of(_code, _plan.Finish[j]).Write(_writer, variable);
    }
}

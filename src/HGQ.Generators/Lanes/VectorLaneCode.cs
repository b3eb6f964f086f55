using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>Samples across the lanes of a vector.</summary>
internal sealed class VectorLaneCode : LaneCode
{
    private readonly string _vector;
    private readonly int _parts;

    public VectorLaneCode(Kernel kernel, LaneType lane)
        : base(kernel, lane)
    {
        _vector = kernel.Shape.Vector;
        _parts = kernel.Shape.Lanes / kernel.Shape.CountOf(lane);
        ValueType = $"{_vector}<{lane.Keyword}>";
    }

    public override string ValueType { get; }

    public override void OpenParts()
    {
        if (_parts > 1)
        {
            Kernel.Writer.Open($"for (int part = 0; part < {Kernel.Shape.Lanes}; part += {Kernel.Shape.CountOf(Lane)})");
        }
    }

    public override void CloseParts()
    {
        if (_parts > 1)
        {
            Kernel.Writer.Close();
        }
    }

    public override string Load(int buffer, RowIndex row)
    {
        string at = Offset(row);
        var stored = Kernel.Storage.TypeOf(buffer);
        return stored == Lane
            ? $"{_vector}.LoadUnsafe(ref b{Literal.Of(buffer)}, {at})"
            : $"{Kernel.Conversions.Load(Kernel.Shape, stored, Lane)}(ref b{Literal.Of(buffer)}, {at})";
    }

    public override void Store(int buffer, RowIndex row, string value)
    {
        string at = Offset(row);
        var stored = Kernel.Storage.TypeOf(buffer);
        string method = stored == Lane ? $"{_vector}.StoreUnsafe" : Kernel.Conversions.Store(Kernel.Shape, Lane, stored);
        Kernel.Writer.Line($"{method}({value}, ref b{buffer}, {at});");
    }

    public override string Broadcast(string number) => $"{_vector}.Create(({Lane.Keyword}){number})";

    public override string Constant(BigInteger value)
        => value.IsZero ? $"{ValueType}.Zero" : $"{_vector}.Create({Literal.Of(Lane.Reduce(value), Lane)})";

    public override string Max(string left, string right) => $"{_vector}.Max({left}, {right})";

    public override string Min(string left, string right) => $"{_vector}.Min({left}, {right})";

    public override string ZeroOutside(string value, string low, string high)
        => $"({value} & {_vector}.GreaterThanOrEqual({value}, {low}) & {_vector}.LessThanOrEqual({value}, {high}))";

    private string Offset(RowIndex row)
    {
        string offset = row.Offset(Kernel.Shape.Lanes);
        offset = _parts == 1 ? offset : offset == "0" ? "part" : $"{offset} + part";
        return row.Variable.Length == 0 && _parts == 1 ? offset : $"(nuint)({offset})";
    }
}

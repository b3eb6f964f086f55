using System;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>Elements of one sample across the 32-bit lanes of a vector; constants come from tables, a vector at a time.</summary>
/// <remarks>x86 only: shifts by a distance per lane have no portable name.</remarks>
internal sealed class ElementVectorCode : LaneCode
{
    /// <summary>Tables are padded to this many entries, the lanes of the widest vector.</summary>
    public const int Padding = 16;

    private readonly KernelShape _shape;

    public ElementVectorCode(Kernel kernel, KernelShape shape)
        : base(kernel, LaneType.Int32) => _shape = shape;

    public override string ValueType => $"{_shape.Vector}<int>";

    private string Class => _shape.Machine.Integers;

    /// <summary>Values as a table that ends on a whole vector.</summary>
    public static long[] Padded(long[] values)
    {
        var padded = new long[(values.Length + Padding - 1) / Padding * Padding];
        Array.Copy(values, padded, values.Length);
        return padded;
    }

    public override void OpenParts()
    {
    }

    public override void CloseParts()
    {
    }

    public override string Load(int buffer, RowIndex row)
    {
        var stored = Kernel.Storage.TypeOf(buffer);
        string method = stored == Lane ? $"{_shape.Vector}.LoadUnsafe" : Kernel.Conversions.Load(_shape, stored, Lane);
        return $"{method}(ref b{Literal.Of(buffer)}, (nuint)({row.Offset(1)}))";
    }

    public override void Store(int buffer, RowIndex row, string value)
    {
        var stored = Kernel.Storage.TypeOf(buffer);
        string method = stored == Lane ? $"{_shape.Vector}.StoreUnsafe" : Kernel.Conversions.Store(_shape, Lane, stored);
        Kernel.Writer.Line($"{method}({value}, ref b{buffer}, (nuint)({row.Offset(1)}));");
    }

    public override string Broadcast(string number) => $"{_shape.Vector}.Create((int){number})";

    public override string Constant(BigInteger value)
        => value.IsZero ? $"{ValueType}.Zero" : $"{_shape.Vector}.Create({Literal.Of(Lane.Reduce(value), Lane)})";

    public override string Max(string left, string right) => $"{_shape.Vector}.Max({left}, {right})";

    public override string Min(string left, string right) => $"{_shape.Vector}.Min({left}, {right})";

    public override string ZeroOutside(string value, string low, string high)
        => $"({value} & {_shape.Vector}.GreaterThanOrEqual({value}, {low}) & {_shape.Vector}.LessThanOrEqual({value}, {high}))";

    public override string ShiftLeft(string value, string distance) => IsNumber(distance)
        ? $"{value} << {distance}"
        : $"{Class}.ShiftLeftLogicalVariable({value}, {_shape.Vector}.AsUInt32({distance}))";

    public override string ShiftRight(string value, string distance) => IsNumber(distance)
        ? $"{value} >> {distance}"
        : $"{Class}.ShiftRightArithmeticVariable({value}, {_shape.Vector}.AsUInt32({distance}))";

    public override string Column(long[] values, string index)
    {
        string place = IsNumber(index) ? index : "(nuint)" + index;
        return $"{_shape.Vector}.LoadUnsafe(ref {Kernel.TableReference(Padded(values), "int")}, {place})";
    }

    public override string DistanceColumn(long[] values, string index) => Column(values, index);

    private static bool IsNumber(string distance) => distance.All(char.IsDigit);
}

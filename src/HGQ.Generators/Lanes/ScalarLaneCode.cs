using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>One number at a time: the kernel for one sample, and in blocks what vectors cannot hold.</summary>
internal sealed class ScalarLaneCode : LaneCode
{
    public ScalarLaneCode(Kernel kernel, LaneType lane)
        : base(kernel, lane)
    {
    }

    public override string ValueType => Lane.Keyword;

    public override void OpenParts()
    {
        if (Kernel.Shape.IsVector)
        {
            Kernel.Writer.Open($"for (int part = 0; part < {Kernel.Shape.Lanes}; part++)");
        }
    }

    public override void CloseParts()
    {
        if (Kernel.Shape.IsVector)
        {
            Kernel.Writer.Close();
        }
    }

    public override string Load(int buffer, RowIndex row)
    {
        string element = Element(buffer, row);
        var stored = Kernel.Storage.TypeOf(buffer);
        // The cast to a wider type stands before every operation: a product of two ints would be an int.
        return stored == Lane || (stored.Bits < 32 && Lane == LaneType.Int32) ? element : $"({Lane.Keyword}){element}";
    }

    /// <summary>Reads an unsigned 64-bit number.</summary>
    public string LoadUnsigned64(int buffer, RowIndex row) => $"(ulong){Element(buffer, row)}";

    public override void Store(int buffer, RowIndex row, string value)
    {
        var stored = Kernel.Storage.TypeOf(buffer);
        string converted = stored == Lane ? value : $"({stored.Keyword})({value})";
        Kernel.Writer.Line($"{Element(buffer, row)} = {converted};");
    }

    public override string Broadcast(string number) => Lane.Bits > 32 ? $"(({Lane.Keyword}){number})" : number;

    public override string Constant(BigInteger value) => Literal.Of(Lane.Reduce(value), Lane);

    public override string Max(string left, string right) => $"{Class}.Max({left}, {right})";

    public override string Min(string left, string right) => $"{Class}.Min({left}, {right})";

    public override string ZeroOutside(string value, string low, string high)
        => $"({value} >= {low} && {value} <= {high} ? {value} : 0)";

    private string Class => Lane == LaneType.Int128 ? "Int128" : "Math";

    private string Element(int buffer, RowIndex row)
    {
        string offset = row.Offset(Kernel.Shape.Lanes);
        offset = !Kernel.Shape.IsVector ? offset : offset == "0" ? "part" : $"{offset} + part";
        return offset == "0" ? $"b{Literal.Of(buffer)}" : $"Unsafe.Add(ref b{Literal.Of(buffer)}, {offset})";
    }
}

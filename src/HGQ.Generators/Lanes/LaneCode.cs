using System.Numerics;
using HGQ.Generators.Machines;

namespace HGQ.Generators.Lanes;

/// <summary>
/// The words of arithmetic on one lane type: emitters write <c>+ - * &amp; &lt;&lt; &gt;&gt;</c> themselves, since C# spells them alike for
/// numbers and for vectors.
/// </summary>
internal abstract class LaneCode
{
    protected LaneCode(Kernel kernel, LaneType lane)
    {
        Kernel = kernel;
        Lane = lane;
    }

    /// <summary>The type that arithmetic is done in.</summary>
    public LaneType Lane { get; }

    /// <summary>Type of a value in the generated code.</summary>
    public abstract string ValueType { get; }

    protected Kernel Kernel { get; }

    /// <summary>Vectors where the kernel has vectors of this type, else numbers.</summary>
    public static LaneCode For(Kernel kernel, LaneType lane) => kernel.Shape.IsVector && lane != LaneType.Int128
        ? new VectorLaneCode(kernel, lane)
        : new ScalarLaneCode(kernel, lane.Scalar());

    /// <summary>Begins the loop over the parts of a row, where one value is not a whole row.</summary>
    public abstract void OpenParts();

    /// <summary>Ends what <see cref="OpenParts"/> began.</summary>
    public abstract void CloseParts();

    /// <summary>An expression that reads an element.</summary>
    public abstract string Load(int buffer, RowIndex row);

    /// <summary>Writes the statement that stores an element.</summary>
    public abstract void Store(int buffer, RowIndex row, string value);

    /// <summary>A value from an expression that is a number of any integer type.</summary>
    public abstract string Broadcast(string number);

    public abstract string Constant(BigInteger value);

    public abstract string Max(string left, string right);

    public abstract string Min(string left, string right);

    /// <summary>The value where it lies in [low, high], else 0; <paramref name="value"/> is a variable.</summary>
    public abstract string ZeroOutside(string value, string low, string high);

    public virtual string ShiftLeft(string value, string distance) => $"{value} << {distance}";

    public virtual string ShiftRight(string value, string distance) => $"{value} >> {distance}";

    /// <summary>The values of a column at the loop's index; declares its table.</summary>
    public virtual string Column(long[] values, string index) => Broadcast($"{Kernel.LocalTable(values)}[{index}]");

    /// <summary>The shift distances of a column at the loop's index; declares its table.</summary>
    public virtual string DistanceColumn(long[] values, string index) => $"{Kernel.LocalTable(values)}[{index}]";
}

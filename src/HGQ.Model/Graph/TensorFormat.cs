using HGQ.Model.FixedPoint;

namespace HGQ.Model.Graph;

/// <summary>A fixed-point format for every element of a tensor.</summary>
/// <param name="Shape">Shape of the tensor.</param>
/// <param name="Elements">One format per element, row-major; as many as the shape has elements.</param>
public sealed record TensorFormat(TensorShape Shape, EquatableArray<FixedPointFormat> Elements)
{
    /// <summary>The same format for all elements.</summary>
    public static TensorFormat Uniform(TensorShape shape, FixedPointFormat format)
    {
        var elements = new FixedPointFormat[shape.Size];
        for (var e = 0; e < elements.Length; e++)
        {
            elements[e] = format;
        }

        return new TensorFormat(shape, elements);
    }

    /// <summary>Format of element <paramref name="index"/> (row-major).</summary>
    public FixedPointFormat this[int index] => Elements[index];
}

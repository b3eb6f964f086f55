using System;
using System.Globalization;
using System.Linq;

namespace HGQ.Model.Graph;

/// <summary>Sizes of a tensor without the batch dimension, channels last, row-major.</summary>
/// <param name="Dimensions">Sizes, each at least 1; empty for a scalar.</param>
public sealed record TensorShape(EquatableArray<int> Dimensions)
{
    /// <summary>Shape from its sizes.</summary>
    public static TensorShape Of(params int[] dimensions) => new(dimensions);

    /// <summary>Number of dimensions.</summary>
    public int Rank => Dimensions.Length;

    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">The product does not fit 31 bits.</exception>
    public int Size
    {
        get
        {
            var size = 1;
            foreach (var dimension in Dimensions)
            {
                size = checked(size * dimension);
            }

            return size;
        }
    }

    /// <summary>Size of the last dimension (channels); 1 for a scalar.</summary>
    public int Channels => Rank == 0 ? 1 : Dimensions[Rank - 1];

    /// <summary>Size of dimension <paramref name="axis"/>.</summary>
    public int this[int axis] => Dimensions[axis];

    /// <summary>Row-major strides in elements.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        var step = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Dimensions[axis];
        }

        return strides;
    }

    /// <summary>For example <c>[28, 28, 1]</c>.</summary>
    public override string ToString()
        => "[" + string.Join(", ", Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture))) + "]";
}

using System;
using System.Linq;
using HGQ.Import.Keras.Files;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>An equation such as <c>bc,cC->bC</c> whose kernel meets the last axes of the input.</summary>
internal sealed class EinsumEquation
{
    private readonly KerasLayer _layer;
    private readonly string _kernel;
    private readonly string _inner;
    private readonly string _outer;
    private readonly bool _elided;
    private readonly int _prefix;

    public EinsumEquation(KerasLayer layer, string equation)
    {
        _layer = layer;
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] operands = sides[0].Split(',');
        if (sides.Length != 2 || operands.Length != 2)
        {
            throw Refuse(equation);
        }

        _elided = operands[0].StartsWith("...", StringComparison.Ordinal);
        string input = operands[0].Replace("...", "", StringComparison.Ordinal),
            output = sides[1].Replace("...", "", StringComparison.Ordinal);
        _kernel = operands[1];
        _inner = new string([.. _kernel.Where(input.Contains)]);
        _outer = new string([.. _kernel.Where(letter => !input.Contains(letter))]);
        string before = input.EndsWith(_inner, StringComparison.Ordinal) ? input[..^_inner.Length] : "?";
        _prefix = before.Length;

        // Rows of the input times a matrix: kernel = inner outer, output = rows outer.
        if (_inner.Length == 0 || _kernel != _inner + _outer || output != before + _outer || _kernel.Distinct().Count() != _kernel.Length)
        {
            throw Refuse(equation);
        }
    }

    /// <summary>Sizes of the rows, of what is summed, and of the outputs; none counts the batch.</summary>
    public (int[] Prefix, int[] Inner, int[] Outer) Sizes(TensorShape input, int[] kernel)
    {
        int rows = input.Rank - _inner.Length;
        int[] inner = [.. input.Dimensions.Skip(Math.Max(0, rows))];
        bool fits = rows >= 0 && (_elided || rows == _prefix - 1) && kernel.Length == _kernel.Length
            && inner.SequenceEqual(kernel.Take(_inner.Length));
        return fits ? ([.. input.Dimensions.Take(rows)], inner, kernel[_inner.Length..]) : throw _layer.Refuse(
            $"its kernel of shape [{string.Join(", ", kernel)}] does not fit the input {input}");
    }

    /// <summary>For each weight the index along the axes that are named by letters.</summary>
    public int[] IndicesOf(string letters, int[] kernel, int count)
        => kernel.Length == _kernel.Length ? Indices(letters, _kernel, kernel, count)
            : throw _layer.Refuse($"its kernel has {kernel.Length} axes, its equation says {_kernel.Length}");

    /// <summary>For each output the index of its bias.</summary>
    public int[] BiasIndices(string letters, int[] outer, int count) => Indices(letters, _outer, outer, count);

    private int[] Indices(string letters, string axes, int[] sizes, int count)
    {
        if (letters.Length == 0 || letters.Any(letter => !axes.Contains(letter)))
        {
            throw _layer.Refuse($"the axes {letters} of its bias or normalisation are no axes of its outputs");
        }

        var indices = new int[sizes.Aggregate(1, static (a, b) => a * b)];
        for (var e = 0; e < indices.Length; e++)
        {
            int rest = e, step = 1;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                if (letters.Contains(axes[axis]))
                {
                    indices[e] += rest % sizes[axis] * step;
                    step *= sizes[axis];
                }

                rest /= sizes[axis];
            }
        }

        return indices.Max() < count ? indices : throw _layer.Refuse($"there are {count} numbers for the axes {letters}");
    }

    private ImportException Refuse(string equation)
        => _layer.Refuse($"its equation is '{equation}'; a kernel that multiplies the last axes of the input, such as 'bc,cC->bC', can "
            + $"be imported");
}

using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Shapes, formats and raw integers.</summary>
internal sealed class TensorReader
{
    private readonly ModelValues _values;
    private readonly NestedIntegers _nested;
    private int _elementsLeft = ReaderLimits.Elements;

    public TensorReader(ModelValues values)
    {
        _values = values;
        _nested = new NestedIntegers(values);
    }

    /// <summary>A shape whose elements are still within the limits of a file; an empty one where it isn't.</summary>
    public TensorShape Shape(int node)
    {
        int[] sizes = _values.Integers(node, 1, ReaderLimits.Elements);
        long size = 1;
        foreach (int dimension in sizes)
        {
            size = System.Math.Min(size * dimension, ReaderLimits.Elements + 1L);
        }

        if (sizes.Length > ReaderLimits.Rank || size > ReaderLimits.Elements)
        {
            _values.Error(
                ModelErrorCodes.TooLarge,
                node,
                Invariant($"the shape {_values.Quote(node)} has more than {ReaderLimits.Rank} dimensions or {ReaderLimits.Elements} elements"));
            return TensorShape.Of();
        }

        return new TensorShape(sizes);
    }

    /// <summary>The members shape, k, i, f of an object.</summary>
    public TensorFormat Format(ModelMembers members)
    {
        int shapeNode = members.Required("shape");
        int before = _values.Errors.Count;
        TensorShape shape = Shape(shapeNode);
        var k = FormatMember(members, "k", 0, 1);
        var i = FormatMember(members, "i", -ReaderLimits.FormatBits, ReaderLimits.FormatBits);
        var f = FormatMember(members, "f", -ReaderLimits.FormatBits, ReaderLimits.FormatBits);
        if (shapeNode < 0 || _values.Errors.Count != before || !Fits(k, shape, "k") || !Fits(i, shape, "i") || !Fits(f, shape, "f"))
        {
            return new TensorFormat(shape, default);
        }

        if (shape.Size > _elementsLeft)
        {
            _values.Error(
                ModelErrorCodes.TooLarge, shapeNode, Invariant($"the tensors of the model have more than {ReaderLimits.Elements} elements in all"));
            return new TensorFormat(shape, default);
        }

        _elementsLeft -= shape.Size;
        return Expand(shape, k!, i!, f!, members.Node);
    }

    /// <summary>A single format: an object with k, i and f.</summary>
    public FixedPointFormat SingleFormat(int node)
    {
        var members = new ModelMembers(_values, node, "a format {k, i, f}");
        var format = new FixedPointFormat(
            _values.Integer(members.Required("k"), 0, 1) == 1,
            _values.Integer(members.Required("i"), -ReaderLimits.FormatBits, ReaderLimits.FormatBits),
            _values.Integer(members.Required("f"), -ReaderLimits.FormatBits, ReaderLimits.FormatBits));
        members.RefuseRest();
        RefuseWide(format, 0, node);
        return format;
    }

    /// <summary>Constants: an object with shape, k, i, f and raw.</summary>
    public IntegerTensor Tensor(int node)
    {
        var members = new ModelMembers(_values, node, "a tensor {shape, k, i, f, raw}");
        TensorFormat format = Format(members);
        int raw = members.Required("raw");
        members.RefuseRest();
        bool readable = raw >= 0 && format.Elements.Length == format.Shape.Size;
        return new IntegerTensor(format, readable ? _nested.Raw(raw, format) : System.Array.Empty<long>());
    }

    /// <summary>Table entries of one format.</summary>
    public long[] Entries(int node, FixedPointFormat format)
    {
        if (!_values.IsArrayOfNumbers(node))
        {
            return System.Array.Empty<long>();
        }

        int count = _values.Tape[node].Count;
        if (count > _elementsLeft)
        {
            _values.Error(
                ModelErrorCodes.TooLarge, node, Invariant($"the tensors of the model have more than {ReaderLimits.Elements} elements in all"));
            return System.Array.Empty<long>();
        }

        _elementsLeft -= count;
        return _nested.Raw(node, count, format);
    }

    private NestedIntegers.Block? FormatMember(ModelMembers members, string name, int min, int max)
    {
        int node = members.Required(name);
        return node < 0 ? null : _nested.Read(node, min, max);
    }

    private bool Fits(NestedIntegers.Block? block, TensorShape shape, string name)
    {
        if (block is null)
        {
            return false;
        }

        if (!block.IsBroadcastableTo(shape))
        {
            _values.Error(
                ModelErrorCodes.WrongShape,
                block.Node,
                Invariant($"\"{name}\" has the shape {new TensorShape(block.Sizes)}, which can't be broadcast to {shape}"));
            return false;
        }

        return true;
    }

    private TensorFormat Expand(TensorShape shape, NestedIntegers.Block k, NestedIntegers.Block i, NestedIntegers.Block f, int node)
    {
        int size = shape.Size;
        int[] signs = k.Expand(shape);
        int[] integers = i.Expand(shape);
        int[] fractions = f.Expand(shape);
        var formats = new FixedPointFormat[size];
        for (int e = 0; e < size; e++)
        {
            var format = new FixedPointFormat(
                signs[signs.Length == 1 ? 0 : e] == 1, integers[integers.Length == 1 ? 0 : e], fractions[fractions.Length == 1 ? 0 : e]);
            formats[e] = format;
            if (format.Width > FixedPointFormat.MaxWidth)
            {
                RefuseWide(format, e, node);
                return new TensorFormat(shape, default);
            }
        }

        return new TensorFormat(shape, formats);
    }

    private void RefuseWide(FixedPointFormat format, int element, int node)
    {
        if (format.Width > FixedPointFormat.MaxWidth)
        {
            _values.Error(
                GraphErrorCodes.WidthAbove64,
                node,
                Invariant($"element {element} has the format {format}, {format.Width} bits; at most {FixedPointFormat.MaxWidth} are supported"));
        }
    }
}

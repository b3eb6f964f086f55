using System;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>Prints formats and constants; k, i and f each in the smallest shape that can be broadcast to the tensor's.</summary>
internal sealed class TensorWriter
{
    private const int EntriesPerLine = 16;

    private readonly ModelTextWriter _text;

    public TensorWriter(ModelTextWriter text) => _text = text;

    public void Tensor(string name, IntegerTensor tensor)
    {
        _text.Name(name);
        _text.OpenObject();
        Format(tensor.Format);
        _text.Name("raw");
        _text.Nested(tensor.Shape.Dimensions.ToArray(), element => Raw(tensor.Raw[element], tensor.Format[element]));
        _text.CloseObject();
    }

    public void OptionalTensor(string name, IntegerTensor? tensor)
    {
        if (tensor is not null)
        {
            Tensor(name, tensor);
        }
    }

    public void Quantizer(QuantizerSpec? quantizer)
    {
        if (quantizer is null)
        {
            return;
        }

        _text.Name("quantizer");
        _text.OpenObject();
        Format(quantizer.Format);
        _text.Member("rounding", ModelWords.Roundings.WordFor(quantizer.Rounding));
        _text.Member("overflow", ModelWords.Overflows.WordFor(quantizer.Overflow));
        _text.CloseObject();
    }

    public void Table(LookupTable table)
    {
        _text.OpenObject();
        SingleFormat("input", table.Input);
        SingleFormat("output", table.Output);
        _text.Name("entries");
        _text.Lines(table.Entries.Length, EntriesPerLine, entry => Raw(table.Entries[entry], table.Output));
        _text.CloseObject();
    }

    private void SingleFormat(string name, FixedPointFormat format)
    {
        _text.Name(name);
        _text.Verbatim(FormattableString.Invariant(
            $"{{\"k\": {(format.Signed ? 1 : 0)}, \"i\": {format.IntegerBits}, \"f\": {format.FractionBits}}}"));
    }

    private void Format(TensorFormat format)
    {
        _text.Member("shape", format.Shape.Dimensions);
        FormatMember("k", format, element => element.Signed ? 1 : 0);
        FormatMember("i", format, element => element.IntegerBits);
        FormatMember("f", format, element => element.FractionBits);
    }

    private void FormatMember(string name, TensorFormat format, Func<FixedPointFormat, int> part)
    {
        FixedPointFormat[] elements = format.Elements.Items;
        (int[] sizes, int[] integers) = BroadcastCompaction.Smallest(format.Shape.Dimensions.ToArray(), Array.ConvertAll(elements, e => part(e)));
        _text.Name(name);
        _text.Nested(sizes, element => _text.Integer(integers[element]));
    }

    private void Raw(long bits, FixedPointFormat format)
    {
        if (format.IsUnsigned64)
        {
            _text.Integer(unchecked((ulong)bits));
        }
        else
        {
            _text.Integer(bits);
        }
    }
}

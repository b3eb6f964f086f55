using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>Prints one layer; members in a fixed order: name, kind, inputs, what the kind has, quantizer.</summary>
internal sealed class LayerWriter : ILayerVisitor<bool>
{
    private readonly ModelTextWriter _text;
    private readonly TensorWriter _tensors;

    public LayerWriter(ModelTextWriter text)
    {
        _text = text;
        _tensors = new TensorWriter(text);
    }

    public void Write(LayerNode layer)
    {
        _text.OpenObject();
        _text.Member("name", layer.Name);
        _text.Member("kind", layer.Accept(LayerKinds.Instance));
        if (layer is not InputLayer)
        {
            _text.Member("inputs", layer.Inputs);
        }

        layer.Accept(this);
        _text.CloseObject();
    }

    public bool VisitInput(InputLayer layer)
    {
        _text.Member("shape", layer.Shape.Dimensions);
        return true;
    }

    public bool VisitQuantize(QuantizeLayer layer) => Quantizer(layer.Quantizer);

    public bool VisitDense(DenseLayer layer)
    {
        _tensors.Tensor("kernel", layer.Kernel);
        _tensors.OptionalTensor("bias", layer.Bias);
        _text.Member("activation", ModelWords.Activations.WordFor(layer.Activation));
        return Quantizer(layer.Quantizer);
    }

    public bool VisitConv(ConvLayer layer)
    {
        _tensors.Tensor("kernel", layer.Kernel);
        _tensors.OptionalTensor("bias", layer.Bias);
        _text.Member("strides", layer.Strides);
        _text.Member("dilations", layer.Dilations);
        _text.Member("padding", ModelWords.Paddings.WordFor(layer.Padding));
        _text.Member("groups", layer.Groups);
        _text.Member("activation", ModelWords.Activations.WordFor(layer.Activation));
        _text.Member("parallelFactor", layer.ParallelFactor);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitScaleOffset(ScaleOffsetLayer layer)
    {
        _tensors.Tensor("scale", layer.Scale);
        _tensors.OptionalTensor("offset", layer.Offset);
        _text.Member("activation", ModelWords.Activations.WordFor(layer.Activation));
        return Quantizer(layer.Quantizer);
    }

    public bool VisitRelu(ReluLayer layer)
    {
        _text.Member("slopeRaw", layer.SlopeRaw);
        _text.Member("slopeFractionBits", layer.SlopeFractionBits);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitClamp(ClampLayer layer)
    {
        _text.Member("lowRaw", layer.LowRaw);
        _text.Member("highRaw", layer.HighRaw);
        _text.Member("limitFractionBits", layer.LimitFractionBits);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitTable(TableLayer layer)
    {
        _text.Name("tables");
        _text.OpenArray();
        foreach (LookupTable table in layer.Tables)
        {
            _text.Element();
            _tensors.Table(table);
        }

        _text.CloseArray();
        _text.Member("tableOf", layer.TableOf);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitAdd(AddLayer layer)
    {
        _text.Member("negate", layer.Negate);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitMultiply(MultiplyLayer layer) => Quantizer(layer.Quantizer);

    public bool VisitMatMul(MatMulLayer layer)
    {
        _text.Member("transposeRight", layer.TransposeRight);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitExtremum(ExtremumLayer layer)
    {
        _text.Member("reduction", ModelWords.Reductions.WordFor(layer.Kind));
        return Quantizer(layer.Quantizer);
    }

    public bool VisitPool(PoolLayer layer)
    {
        _text.Member("pooling", ModelWords.Pools.WordFor(layer.Kind));
        _text.Member("size", layer.Size);
        _text.Member("strides", layer.Strides);
        _text.Member("padding", ModelWords.Paddings.WordFor(layer.Padding));
        return Quantizer(layer.Quantizer);
    }

    public bool VisitReduce(ReduceLayer layer)
    {
        _text.Member("reduction", ModelWords.Reductions.WordFor(layer.Kind));
        _text.Member("axes", layer.Axes);
        _text.Member("keepDimensions", layer.KeepDimensions);
        return Quantizer(layer.Quantizer);
    }

    public bool VisitShift(ShiftLayer layer)
    {
        _text.Member("shift", layer.Shift);
        return true;
    }

    public bool VisitReshape(ReshapeLayer layer)
    {
        _text.Member("shape", layer.Shape.Dimensions);
        return true;
    }

    public bool VisitPermute(PermuteLayer layer)
    {
        _text.Member("axes", layer.Axes);
        return true;
    }

    public bool VisitConcatenate(ConcatenateLayer layer)
    {
        _text.Member("axis", layer.Axis);
        return true;
    }

    public bool VisitSlice(SliceLayer layer)
    {
        _text.Member("begin", layer.Begin);
        _text.Member("size", layer.Size);
        _text.Member("steps", layer.Steps);
        return true;
    }

    private bool Quantizer(QuantizerSpec? quantizer)
    {
        _tensors.Quantizer(quantizer);
        return true;
    }
}

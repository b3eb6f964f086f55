using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;

namespace HGQ.Import.Onnx;

/// <summary>Products, normalisations and activations.</summary>
internal static class OnnxProducts
{
    public static OnnxValue MatMul(OnnxTask task)
    {
        if (!task.IsConstant(0) && !task.IsConstant(1))
        {
            return OnnxTask.Of(task.Draft.MatrixProduct(task.Tensor(0), task.Tensor(1), task.Name));
        }

        OnnxConstant kernel = task.Constant(1, "second operand");
        return kernel.Shape.Length == 2
            ? OnnxTask.Of(task.Draft.Dense(task.Tensor(0), task.Name, kernel.Values, kernel.Shape[1], null))
            : throw task.Refuse($"its constant has the shape [{string.Join(", ", kernel.Shape)}]; a matrix was expected");
    }

    public static OnnxValue Gemm(OnnxTask task)
    {
        OnnxConstant kernel = task.Constant(1, "second operand");
        if (task.Integer("transA", 0) != 0 || kernel.Shape.Length != 2)
        {
            throw task.Refuse("transA, or a second operand that is no matrix, is not supported");
        }

        kernel = task.Integer("transB", 0) != 0 ? kernel.Transpose([1, 0]) : kernel;
        Rational alpha = task.Real("alpha", 1), beta = task.Real("beta", 1);
        int outputs = kernel.Shape[1];
        Rational[]? bias = task.Optional(2, "third operand") is not { } c ? null : c.Values.Length == outputs || c.Values.Length == 1
            ? [.. Enumerable.Range(0, outputs).Select(o => c.Values[c.Values.Length == 1 ? 0 : o] * beta)]
            : throw task.Refuse($"its third operand has {c.Values.Length} numbers for {outputs} outputs");
        return OnnxTask.Of(task.Draft.Dense(task.Tensor(0), task.Name, kernel.Map(w => w * alpha).Values, outputs, bias));
    }

    public static OnnxValue Convolution(OnnxTask task)
    {
        OnnxConstant kernel = task.Constant(1, "kernel");
        int axes = kernel.Shape.Length - 2;
        if (axes is < 1 or > 2)
        {
            throw task.Refuse($"its kernel has the shape [{string.Join(", ", kernel.Shape)}]; convolutions over one or two axes can be "
                + $"imported");
        }

        // Stored are [out, in, taps…], or [out, taps…, in] where channels are last; wanted is [taps…, in, out].
        int[] order = task.IsChannelsLast ? [.. Enumerable.Range(1, axes + 1), 0] : [.. Enumerable.Range(2, axes), 1, 0];
        kernel = kernel.Transpose(order);
        TensorValue value = task.Draft.ChannelsLast(task.Tensor(0), task.Name, !task.IsChannelsLast);
        if (value.Shape.Rank != axes + 1)
        {
            throw task.Refuse($"it slides over {axes} axes of {value.Shape}");
        }

        int outputs = kernel.Shape[^1];
        OnnxConstant? bias = task.Optional(2, "bias");
        ConvolutionShape shape = OnnxWindows.Of(task, value.Shape, kernel.Shape[..axes], task.Integer("group", 1), outputs);
        return bias is null || bias.Values.Length == outputs
            ? OnnxTask.Of(task.Draft.Convolution(value, task.Name, shape, kernel.Values, bias?.Values))
            : throw task.Refuse($"its bias has {bias.Values.Length} numbers for {outputs} outputs");
    }

    public static OnnxValue BatchNormalization(OnnxTask task)
    {
        OnnxConstant gamma = task.Constant(1, "scale"), beta = task.Constant(2, "bias"), mean = task.Constant(3, "mean"),
            variance = task.Constant(4, "variance");
        TensorValue value = task.Tensor(0);
        value = task.IsChannelsLast || value.Shape.Rank == 1 ? task.Draft.InSourceOrder(value, task.Name)
            : task.Draft.ChannelsLast(value, task.Name, sourceIsChannelsFirst: true);
        int channels = value.Channels;
        if (new[] { gamma, beta, mean, variance }.Any(numbers => numbers.Values.Length != channels)
            || variance.Values.Any(static v => v.Sign < 0))
        {
            throw task.Refuse($"its constants are not one number for each of {channels} channels, or a variance is negative");
        }

        Rational epsilon = task.Real("epsilon", 1e-5f);
        Rational[] scale = [.. gamma.Values.Select((g, c) => g / Rational.Sqrt(variance.Values[c] + epsilon))];
        return OnnxTask.Of(value.Then(new AffineStep(scale, [.. beta.Values.Select((b, c) => b - (mean.Values[c] * scale[c]))])));
    }

    public static OnnxValue Relu(OnnxTask task) => task.IsConstant(0)
        ? OnnxTask.Of(task.Constant(0, "input").Map(static x => Rational.Max(x, Rational.Zero)))
        : OnnxTask.Of(task.Tensor(0).Then(new RectifyStep(Rational.Zero)));

    public static OnnxValue LeakyRelu(OnnxTask task)
    {
        Rational slope = task.Real("alpha", 0.01f);
        return slope.Sign >= 0 && slope <= Rational.One ? OnnxTask.Of(task.Tensor(0).Then(new RectifyStep(slope)))
            : throw task.Refuse($"its slope {slope} is not in [0, 1]");
    }

    public static OnnxValue Clip(OnnxTask task)
    {
        Rational? low = Limit(task, 1, "min"), high = Limit(task, 2, "max");
        return task.IsConstant(0)
            ? OnnxTask.Of(task.Constant(0, "input").Map(x => new ClipStep(low, high).Apply(0, x)))
            : low is null && high is null ? OnnxTask.Of(task.Tensor(0)) : OnnxTask.Of(task.Tensor(0).Then(new ClipStep(low, high)));
    }

    /// <summary>Softmax and sigmoid without quantizers: only where they end the model.</summary>
    public static OnnxValue Ending(OnnxTask task)
    {
        if (!task.IsLast && task.Draft.Floats is not null && FloatFunctions.Of(task.Node.OpType) is { } step)
        {
            return OnnxTask.Of(task.Tensor(0).Then(step));
        }

        if (!task.IsLast)
        {
            throw task.Refuse("without quantizers inside the model it has no exact form; leave it out, or cut the model in front of it");
        }

        task.Draft.Notes.Add(
            $"{task.Name}: {task.Node.OpType} at the end of the model is left out; results are those in front of it, and the largest is "
                + $"the same");
        return OnnxTask.Of(task.Tensor(0));
    }

    /// <summary>Functions that only tables compute.</summary>
    public static OnnxValue Function(OnnxTask task)
        => task.Draft.Floats is null ? throw task.Refuse("without quantizers it has no exact form; use Relu, or a table of the source")
            : task.Attribute("alpha") is not null && task.Real("alpha", 1) != 1 ? throw task.Refuse("its alpha is not 1")
            : OnnxTask.Of(task.Tensor(0).Then(FloatFunctions.Of(task.Node.OpType)
                ?? throw task.Refuse("this function is not supported")));

    // Inputs since opset 11, attributes before; the largest float means no limit.
    private static Rational? Limit(OnnxTask task, int index, string name)
    {
        Rational? limit = task.Optional(index, name) is { } constant ? constant.Single(task.Name, name) : task.Attribute(name) is null
            ? null : task.Real(name, 0);
        return limit is { } number && number.Abs() < Rational.PowerOfTwo(100) ? number : null;
    }
}

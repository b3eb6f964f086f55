using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Convolutions, pools, losses; operands live until the call has returned.</summary>
internal static class NetworkFunctions
{
    public static torch.Tensor Conv1d(torch.Tensor input, torch.Tensor weights, long stride, long dilation, long groups) =>
        Keep.Alive(torch.nn.functional.conv1d(input, weights, stride: stride, dilation: dilation, groups: groups), input, weights);

    public static torch.Tensor Conv2d(torch.Tensor input, torch.Tensor weights, long[] strides, long[] dilation, long groups) =>
        Keep.Alive(torch.nn.functional.conv2d(input, weights, strides: strides, dilation: dilation, groups: groups), input, weights);

    public static torch.Tensor MaxPool1d(torch.Tensor input, long size, long stride) =>
        Keep.Alive(torch.nn.functional.max_pool1d(input, size, stride), input);

    public static torch.Tensor MaxPool2d(torch.Tensor input, long[] size, long[] strides) =>
        Keep.Alive(torch.nn.functional.max_pool2d(input, size, strides), input);

    /// <summary>Sums over windows: averages whose divisor is 1.</summary>
    public static torch.Tensor SumPool2d(torch.Tensor input, long[] size, long[] strides) =>
        Keep.Alive(torch.nn.functional.avg_pool2d(input, size, strides, divisor_override: 1), input);

    public static torch.Tensor Pad(torch.Tensor input, long[] pads, double value) =>
        Keep.Alive(torch.nn.functional.pad(input, pads, value: value), input);

    public static torch.Tensor Dropout(torch.Tensor input, double rate) =>
        Keep.Alive(torch.nn.functional.dropout(input, rate, training: true), input);

    public static torch.Tensor CrossEntropy(torch.Tensor logits, torch.Tensor labels) =>
        Keep.Alive(torch.nn.functional.cross_entropy(logits, labels), logits, labels);

    public static torch.Tensor MeanSquaredError(torch.Tensor outputs, torch.Tensor targets) =>
        Keep.Alive(torch.nn.functional.mse_loss(outputs, targets), outputs, targets);
}

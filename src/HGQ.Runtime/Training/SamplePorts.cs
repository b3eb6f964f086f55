using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>Cuts rows of features into the input ports of a model: each port takes the next ones, in its own shape.</summary>
internal sealed class SamplePorts
{
    private readonly long[][] _shapes;
    private readonly long[] _sizes;

    public SamplePorts(HgqModel model)
    {
        _shapes = [.. model.InputPorts.Select(static port => port.OutputShape.ToArray())];
        _sizes = [.. _shapes.Select(static shape => shape.Aggregate(1L, static (product, n) => product * n))];
    }

    /// <summary>One tensor a port, the batch as first dimension.</summary>
    /// <param name="samples">Rows of features, the batch as first dimension.</param>
    public IReadOnlyList<torch.Tensor> Split(torch.Tensor samples)
    {
        if (_shapes.Length == 1)
        {
            return [samples.Reshape([samples.Shape[0], .. _shapes[0]])];
        }

        torch.Tensor rows = samples.Reshape(samples.Shape[0], -1);
        var parts = new List<torch.Tensor>();
        long start = 0;
        for (int p = 0; p < _sizes.Length; start += _sizes[p], p++)
        {
            parts.Add(rows.Narrow(1, start, _sizes[p]).Reshape([samples.Shape[0], .. _shapes[p]]));
        }

        return parts;
    }
}

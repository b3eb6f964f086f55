using System;
using System.Collections.Generic;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Calibration;

/// <summary>Refuses NaN and infinities, which no fixed-point format holds, and says where they are.</summary>
internal static class FiniteValues
{
    /// <summary>Checks a batch of samples.</summary>
    /// <param name="model">The model they are for.</param>
    /// <param name="batch">One tensor for each input port.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void RequireInputs(HgqModel model, IReadOnlyList<torch.Tensor> batch, long first)
    {
        for (int port = 0; port < batch.Count; port++)
        {
            if (Find(batch[port]) is { } found)
            {
                long size = batch[port].Count / batch[port].Shape[0];
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Sample {first + (found.Element / size)} of the input '{model.InputPorts[port].Name}' has {found.Value} as element {found.Element % size}; remove such samples or fill them in."),
                    nameof(batch));
            }
        }
    }

    /// <summary>The first number that is NaN or infinite, row major; null where there is none.</summary>
    public static (long Element, double Value)? Find(torch.Tensor tensor)
    {
        using (DisposeScope scope = torch.NewDisposeScope())
        {
            if (tensor.IsFinite().All().Item<bool>())
            {
                return null;
            }
        }

        double[] values = TensorValues.Read(tensor);
        int element = Array.FindIndex(values, static v => !double.IsFinite(v));
        return (element, values[element]);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Training;

/// <summary>
/// Adam (Kingma and Ba, 2015) over all float32 parameters in one vectorised pass each, straight in the tensors' memory: about ten
/// native calls a parameter less than torch's. As in Keras, ε is added to the root of the uncorrected second moment.
/// </summary>
public sealed class AdamOptimizer : IOptimizer, IDisposable
{
    private readonly Slot[] _slots;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly float _epsilon;

    /// <summary>Starts with moments of 0.</summary>
    /// <param name="parameters">The parameters that are trained, contiguous float32 in the processor's memory, by name.</param>
    /// <param name="beta1">Decay of the mean of the gradient.</param>
    /// <param name="beta2">Decay of the mean of its square.</param>
    /// <param name="epsilon">Added to the root of the latter.</param>
    public AdamOptimizer(
        IEnumerable<(string Name, Parameter Parameter)> parameters, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
    {
        _slots = [.. parameters.Where(static p => p.Parameter.requires_grad).Select(static p => new Slot(p.Name, p.Parameter))];
        (_beta1, _beta2, _epsilon) = (beta1, beta2, (float)epsilon);
    }

    /// <inheritdoc/>
    public long StepCount { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, torch.Tensor Tensor)> State =>
        [.. _slots.SelectMany(static s => new[] { (s.Name + ".m", s.Mean), (s.Name + ".v", s.Square) })];

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (Slot slot in _slots)
        {
            slot.Parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        StepCount++;
        double correction = Math.Sqrt(1 - Math.Pow(_beta2, StepCount)) / (1 - Math.Pow(_beta1, StepCount));
        foreach (Slot slot in _slots)
        {
            using torch.Tensor? gradient = slot.Parameter.grad;
            if (gradient is not null)
            {
                using torch.Tensor contiguous = gradient.contiguous();
                Update(
                    Floats(slot.Parameter), Floats(contiguous), Floats(slot.Mean), Floats(slot.Square), (float)(learningRate * correction));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Slot slot in _slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }
    }

    private static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private void Update(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, float rate)
    {
        (float b1, float b2) = ((float)_beta1, (float)_beta2);
        (float a1, float a2) = (1 - b1, 1 - b2);
        int lanes = Vector<float>.Count;
        int i = 0;
        var epsilon = new Vector<float>(_epsilon);
        for (; i <= gradient.Length - lanes; i += lanes)
        {
            var g = new Vector<float>(gradient[i..]);
            Vector<float> m = (new Vector<float>(mean[i..]) * b1) + (g * a1);
            Vector<float> v = (new Vector<float>(square[i..]) * b2) + (g * g * a2);
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            (new Vector<float>(parameter[i..]) - (m * rate / (Vector.SquareRoot(v) + epsilon))).CopyTo(parameter[i..]);
        }

        for (; i < gradient.Length; i++)
        {
            mean[i] = (mean[i] * b1) + (gradient[i] * a1);
            square[i] = (square[i] * b2) + (gradient[i] * gradient[i] * a2);
            parameter[i] -= mean[i] * rate / (MathF.Sqrt(square[i]) + _epsilon);
        }
    }

    private sealed class Slot
    {
        public Slot(string name, Parameter parameter)
        {
            if (parameter.dtype != torch.float32 || !parameter.is_contiguous() || parameter.device_type != DeviceType.CPU)
            {
                throw new ArgumentException($"The parameter {name} is not contiguous float32 in the processor's memory.", nameof(parameter));
            }

            (Name, Parameter) = (name, parameter);
            Mean = torch.zeros(parameter.shape).DetachFromDisposeScope();
            Square = torch.zeros(parameter.shape).DetachFromDisposeScope();
        }

        public string Name { get; }

        public Parameter Parameter { get; }

        public torch.Tensor Mean { get; }

        public torch.Tensor Square { get; }
    }
}

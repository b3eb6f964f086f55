using System;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace HGQ.Runtime.Layers;

/// <summary>
/// A batch norm behind a layer with weights, as a factor and an offset that are folded into kernel and bias before these are quantized:
/// W' = W·γ/√(σ² + ε), b' = β + (b − μ)·γ/√(σ² + ε).
/// </summary>
public sealed class BatchNormFold : torch.nn.Module
{
    [ComponentName(Name = "gamma")]
    private readonly Parameter _gamma;

    [ComponentName(Name = "beta")]
    private readonly Parameter _beta;

    [ComponentName(Name = "moving_mean")]
    private readonly torch.Tensor _movingMean;

    [ComponentName(Name = "moving_variance")]
    private readonly torch.Tensor _movingVariance;

    private readonly BatchNormOptions _options;

    internal BatchNormFold(long channels, BatchNormOptions options)
        : base(nameof(BatchNormFold))
    {
        if (!(options.Momentum >= 0 && options.Momentum <= 1) || !(options.Epsilon > 0))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A batch norm can't have momentum {options.Momentum} (0 to 1) and ε {options.Epsilon} (above 0)."),
                nameof(options));
        }

        _options = options;
        _gamma = new Parameter(NewTensor.Ones(channels));
        _beta = new Parameter(NewTensor.Zeros(channels));
        _movingMean = NewTensor.Zeros(channels).DetachFromDisposeScope();
        _movingVariance = NewTensor.Ones(channels).DetachFromDisposeScope();
        register_parameter("gamma", _gamma);
        register_parameter("beta", _beta);
        register_buffer("moving_mean", _movingMean);
        register_buffer("moving_variance", _movingVariance);
    }

    /// <summary>Factor per channel.</summary>
    public Parameter Gamma => _gamma;

    /// <summary>Offset per channel.</summary>
    public Parameter Beta => _beta;

    /// <summary>Mean that inference uses.</summary>
    public torch.Tensor MovingMean => _movingMean;

    /// <summary>Variance that inference uses.</summary>
    public torch.Tensor MovingVariance => _movingVariance;

    /// <summary>Momentum and ε.</summary>
    internal BatchNormOptions Options => _options;

    /// <summary>Scale and offset: y = z·scale + offset.</summary>
    /// <param name="outputs">The outputs z in front of the norm while training: their statistics count; null: the moving ones.</param>
    internal (torch.Tensor Scale, torch.Tensor Offset) Apply(torch.Tensor? outputs)
    {
        var (mean, variance) = outputs is null ? (_movingMean, _movingVariance) : Statistics(outputs);
        var scale = _gamma.Divide(variance.Add(_options.Epsilon).Sqrt());
        return (scale, _beta.Subtract(mean.Multiply(scale)));
    }

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    private (torch.Tensor Mean, torch.Tensor Variance) Statistics(torch.Tensor outputs)
    {
        long[] positions = [.. Enumerable.Range(0, (int)outputs.Rank - 1).Select(d => (long)d)];
        var mean = outputs.Mean(positions);
        var variance = outputs.Subtract(mean).Square().Mean(positions);
        using var noGradient = torch.no_grad();
        _movingMean.MultiplyInPlace(_options.Momentum).AddInPlace(mean.Detach().Multiply(1 - _options.Momentum));
        _movingVariance.MultiplyInPlace(_options.Momentum).AddInPlace(variance.Detach().Multiply(1 - _options.Momentum));
        return (mean, variance);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Optimization;

/// <summary>Adam (Kingma and Ba, 2015) over many small parameters: one vectorised pass over their memory in place of a dozen calls for each.</summary>
/// <example>
/// <code>
/// var optimizer = new HgqAdam(model.parameters(), learningRate: 3e-3);
/// optimizer.ZeroGradients(); loss.backward(); optimizer.LearningRate = schedule(step); optimizer.Step();
/// </code>
/// </example>
public sealed class HgqAdam
{
    private readonly IMoments[] _moments;

    /// <summary>Starts with zero moments.</summary>
    /// <param name="parameters">float32 or float64, contiguous; those that need no gradient are left out.</param>
    /// <param name="learningRate">Learning rate, settable before every step.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="epsilon">Keeps the step finite.</param>
    /// <param name="rule">Where ε is added.</param>
    public HgqAdam(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        EpsilonRule rule = EpsilonRule.Corrected)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require(learningRate, beta1, beta2, epsilon);
        Parameters = [.. parameters.Where(parameter => parameter.RequiresGradient)];
        (LearningRate, Beta1, Beta2, Epsilon, Rule) = (learningRate, beta1, beta2, epsilon, rule);
        if (Parameters.Count == 0)
        {
            throw new ArgumentException("There is no parameter that needs a gradient: nothing can be trained.", nameof(parameters));
        }

        _moments = [.. Parameters.Select(Moments)];
    }

    /// <summary>The parameters it updates, in order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; }

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the step finite.</summary>
    public double Epsilon { get; }

    /// <summary>Where ε is added.</summary>
    public EpsilonRule Rule { get; }

    /// <summary>What the learning rate is multiplied by for each parameter, in order; empty: 1 for all.</summary>
    /// <exception cref="ArgumentException">There are not as many factors as parameters, or one is negative or not finite.</exception>
    public IReadOnlyList<double> RateFactors
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != 0 && value.Count != Parameters.Count)
            {
                throw new ArgumentException($"{value.Count} rate factors were given for {Parameters.Count} parameters.", nameof(value));
            }

            if (value.Any(static factor => !(factor >= 0) || double.IsInfinity(factor)))
            {
                throw new ArgumentException("A rate factor is negative or not finite.", nameof(value));
            }

            field = value;
        }
    } = [];

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Forgets the gradients. The next backward pass then hands over its own tensors and adds nothing.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in Parameters)
        {
            parameter.ClearGradient();
        }
    }

    /// <summary>Updates every parameter that has a gradient.</summary>
    public void Step()
    {
        var (rate, epsilon) = Advance();
        for (var p = 0; p < Parameters.Count; p++)
        {
            using var gradient = Parameters[p].Gradient();
            if (gradient is not null)
            {
                using var plain = TensorMemory.IsPlain(gradient) ? null : gradient.Contiguous();
                _moments[p].Update(Parameters[p], plain ?? gradient, Beta1, Beta2, rate * RateFactor(p), epsilon);
            }
        }
    }

    /// <summary>The same with gradients that are no tensors.</summary>
    internal void Step<T>(IGradientSource<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rate, epsilon) = Advance();
        for (var p = 0; p < Parameters.Count; p++)
        {
            if (gradients.Gradient(p, out var weights) is { IsEmpty: false } gradient)
            {
                ((AdamMoments<T>)_moments[p]).Update(weights, gradient, Beta1, Beta2, rate * RateFactor(p), epsilon);
            }
        }
    }

    /// <summary>A copy of everything it remembers.</summary>
    public HgqAdamState SaveState() =>
        new(Steps, LearningRate, [.. _moments.Select(m => m.First())], [.. _moments.Select(m => m.Second())]);

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">The state belongs to other parameters.</exception>
    public void LoadState(HgqAdamState state)
    {
        if (state.FirstMoments.Count != _moments.Length || state.SecondMoments.Count != _moments.Length)
        {
            throw new ArgumentException($"The state holds {state.FirstMoments.Count} parameters; there are {_moments.Length}.", nameof(state));
        }

        for (var p = 0; p < _moments.Length; p++)
        {
            _moments[p].Load(state.FirstMoments[p], state.SecondMoments[p]);
        }

        (Steps, LearningRate) = (state.Step, state.LearningRate);
    }

    private double RateFactor(int parameter) => RateFactors.Count == 0 ? 1 : RateFactors[parameter];

    private (double Rate, double Epsilon) Advance()
    {
        Steps++;
        var correction = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        var rate = LearningRate * correction / (1 - Math.Pow(Beta1, Steps));
        // lr·m̂/(√v̂ + ε) = rate·m/(√v + ε·√(1 − β2^t)).
        return (rate, Rule == EpsilonRule.Corrected ? Epsilon * correction : Epsilon);
    }

    private static void Require(double learningRate, double beta1, double beta2, double epsilon)
    {
        RequireBetween(learningRate, 0, double.MaxValue, nameof(learningRate));
        RequireBetween(beta1, 0, Math.BitDecrement(1.0), nameof(beta1));
        RequireBetween(beta2, 0, Math.BitDecrement(1.0), nameof(beta2));
        RequireBetween(epsilon, 0, double.MaxValue, nameof(epsilon));
    }

    private static void RequireBetween(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Adam takes {name} from {low} to {high}."));
        }
    }

    private static IMoments Moments(Parameter parameter) => parameter.DataType switch
    {
        _ when !TensorMemory.IsPlain(parameter) => throw new ArgumentException(
            $"HgqAdam takes contiguous float32 and float64 parameters in main memory; one is {parameter.DataType}.", nameof(parameter)),
        torch.ScalarType.Float32 => new AdamMoments<float>(parameter.Count),
        _ => new AdamMoments<double>(parameter.Count),
    };
}

using System;
using System.Threading;

namespace HGQ.Runtime.Quantizers;

/// <summary>The configurations that layers use where none is given.</summary>
/// <remarks><see cref="Scope"/> overrides them for the layers constructed inside it, on the same logical thread of execution.</remarks>
public static class QuantizerDefaults
{
    private static readonly AsyncLocal<Overrides?> Current = new();
    private static IQuantizerConfig _kernel = QuantizerConfig.DefaultKernel;
    private static IQuantizerConfig _preActivation = QuantizerConfig.DefaultPreActivation;
    private static IQuantizerConfig? _bias;

    /// <summary>For weights.</summary>
    public static IQuantizerConfig Kernel => Current.Value?.Kernel ?? _kernel;

    /// <summary>For the outputs of layers.</summary>
    public static IQuantizerConfig PreActivation => Current.Value?.PreActivation ?? _preActivation;

    /// <summary>For biases; null: on the grid of the outputs, by their quantizer.</summary>
    public static IQuantizerConfig? Bias => Current.Value?.Bias ?? _bias;

    /// <summary>Sets the configuration for weights of layers constructed from now on, outside scopes that say otherwise.</summary>
    public static void SetDefaultKernelQuantizer(IQuantizerConfig config) => _kernel = config;

    /// <summary>Sets the configuration for outputs of layers constructed from now on, outside scopes that say otherwise.</summary>
    public static void SetDefaultPreActivationQuantizer(IQuantizerConfig config) => _preActivation = config;

    /// <summary>Sets the configuration for biases of layers constructed from now on, outside scopes that say otherwise; null: on the grid of the outputs.</summary>
    public static void SetDefaultBiasQuantizer(IQuantizerConfig? config) => _bias = config;

    /// <summary>Overrides those that are given until the result is disposed; scopes nest.</summary>
    /// <param name="kernel">For weights.</param>
    /// <param name="preActivation">For the outputs of layers.</param>
    /// <param name="bias">For biases.</param>
    public static IDisposable Scope(IQuantizerConfig? kernel = null, IQuantizerConfig? preActivation = null, IQuantizerConfig? bias = null)
    {
        var outer = Current.Value;
        Current.Value = new Overrides(kernel ?? outer?.Kernel, preActivation ?? outer?.PreActivation, bias ?? outer?.Bias);
        return new Restore(outer);
    }

    private sealed record Overrides(IQuantizerConfig? Kernel, IQuantizerConfig? PreActivation, IQuantizerConfig? Bias);

    private sealed class Restore(Overrides? outer) : IDisposable
    {
        public void Dispose() => Current.Value = outer;
    }
}

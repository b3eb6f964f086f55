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

    /// <summary>For weights.</summary>
    public static IQuantizerConfig Kernel => Current.Value?.Kernel ?? _kernel;

    /// <summary>For the outputs of layers.</summary>
    public static IQuantizerConfig PreActivation => Current.Value?.PreActivation ?? _preActivation;

    /// <summary>Sets the configuration for weights of layers constructed from now on, outside scopes that say otherwise.</summary>
    public static void SetDefaultKernelQuantizer(IQuantizerConfig config) => _kernel = config;

    /// <summary>Sets the configuration for outputs of layers constructed from now on, outside scopes that say otherwise.</summary>
    public static void SetDefaultPreActivationQuantizer(IQuantizerConfig config) => _preActivation = config;

    /// <summary>Overrides one or both until the result is disposed.</summary>
    public static IDisposable Scope(IQuantizerConfig? kernel = null, IQuantizerConfig? preActivation = null)
    {
        var outer = Current.Value;
        Current.Value = new Overrides(kernel ?? outer?.Kernel, preActivation ?? outer?.PreActivation);
        return new Restore(outer);
    }

    private sealed record Overrides(IQuantizerConfig? Kernel, IQuantizerConfig? PreActivation);

    private sealed class Restore(Overrides? outer) : IDisposable
    {
        public void Dispose() => Current.Value = outer;
    }
}

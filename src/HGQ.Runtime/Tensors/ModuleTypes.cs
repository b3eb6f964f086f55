using System;
using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Changes the type of a whole module.</summary>
internal static class ModuleTypes
{
    /// <summary>Makes all parameters and buffers float64.</summary>
    public static void ToFloat64(this torch.nn.Module module)
    {
        // TorchSharp makes tensors of its own on the way; the scope refers to them until it is done.
        using var scope = torch.NewDisposeScope();
        module.@double();
        GC.KeepAlive(module);
    }
}

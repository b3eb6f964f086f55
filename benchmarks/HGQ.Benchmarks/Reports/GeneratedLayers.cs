using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HGQ.Benchmarks.Reports;

/// <summary>A private method of a generated class: it reads and writes the scratch memory.</summary>
internal delegate void ScratchMethod(ref byte scratch);

/// <summary>The methods that a generated class calls for one of its steps, in the widest vectors of this machine.</summary>
/// <param name="Layer">Name of the layer as the class spells it.</param>
/// <param name="Block">For a block of samples.</param>
/// <param name="Single">For one sample.</param>
internal sealed record GeneratedLayers(string Layer, ScratchMethod[] Block, ScratchMethod Single)
{
    // Pinned memory of this size begins at a page.
    private static readonly short[] Multiples = GC.AllocateArray<short>(1 << 17, pinned: true);

    private delegate void WithMultiples(ref byte scratch, ref short m);

    /// <summary>Samples of a block.</summary>
    public static int BlockLanes => Vector512.IsHardwareAccelerated ? 32 : Vector256.IsHardwareAccelerated ? 16 : 8;

    /// <summary>The methods that run all steps: of a block and of one sample.</summary>
    /// <param name="type">The generated class.</param>
    public static (ScratchMethod Block, ScratchMethod Single) Runs(Type type)
    {
        ScratchMethod Of(string name) => type.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<ScratchMethod>();
        return (Of("Run_" + (BlockLanes * 16)), Of("Run_Single" + SingleBits));
    }

    /// <summary>The method that runs all steps of several blocks, whose memory lies behind each other, and their number; null where blocks are run one by one.</summary>
    /// <param name="type">The generated class.</param>
    public static (ScratchMethod Run, int Blocks)? Group(Type type)
    {
        string name = "Run_" + (BlockLanes * 16) + "x";
        return type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Where(method => method.Name.StartsWith(name, StringComparison.Ordinal))
            .Select(method => ((ScratchMethod, int)?)(method.CreateDelegate<ScratchMethod>(), int.Parse(method.Name[name.Length..], System.Globalization.CultureInfo.InvariantCulture)))
            .MaxBy(group => group!.Value.Item2);
    }

    private static string SingleBits => Avx512BW.IsSupported ? "512" : Avx2.IsSupported ? "256" : string.Empty;

    /// <summary>All steps of a class in the order in which they run.</summary>
    /// <param name="type">The generated class.</param>
    public static IReadOnlyList<GeneratedLayers> Of(Type type)
    {
        string single = "_Single" + SingleBits, block = "_" + (BlockLanes * 16);
        var methods = type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(method => method.GetParameters() is [{ Name: "scratch" }] or [{ Name: "scratch" }, { Name: "m" }] && method.ReturnType == typeof(void) && !method.Name.StartsWith("Run_", StringComparison.Ordinal))
            .OrderBy(method => method.MetadataToken)
            .ToArray();
        var layers = new List<GeneratedLayers>();
        foreach (string step in methods.Where(method => method.Name.EndsWith("_Single", StringComparison.Ordinal)).Select(method => method.Name[..^"_Single".Length]))
        {
            var one = Array.Find(methods, method => method.Name == step + single) ?? Array.Find(methods, method => method.Name == step + "_Single")!;
            var many = methods.Where(method => method.Name.StartsWith(step + "_", StringComparison.Ordinal) && method.Name.EndsWith(block, StringComparison.Ordinal)
                && !method.Name.Contains("Single", StringComparison.Ordinal));

            // The number behind a name is that of the step.
            int digits = layers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
            layers.Add(new GeneratedLayers(step[..^digits], [.. many.Select(Bound)], one.CreateDelegate<ScratchMethod>()));
        }

        return layers;
    }

    // A method that keeps multiples gets memory of its own for them.
    private static ScratchMethod Bound(MethodInfo method)
    {
        if (method.GetParameters().Length == 1)
        {
            return method.CreateDelegate<ScratchMethod>();
        }

        var bound = method.CreateDelegate<WithMultiples>();
        int start = (int)((-System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Multiples, 0) & 63) / sizeof(short));
        return (ref byte scratch) => bound(ref scratch, ref Multiples[start]);
    }
}

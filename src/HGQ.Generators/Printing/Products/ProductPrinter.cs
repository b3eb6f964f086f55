using System;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Strategies;

namespace HGQ.Generators.Printing.Products;

/// <summary>Finds the printer of a strategy.</summary>
internal static class ProductPrinter
{
    /// <summary>Writes the methods of a constant product for the kernel's shape.</summary>
    public static void Emit(Kernel kernel, string method, ProductStrategy strategy)
    {
        switch (strategy)
        {
            case BitLookupBlock lookup:
                BitLookupBlockPrinter.Emit(kernel, method, lookup);
                break;
            case TiledBlock tiled:
                TiledBlockPrinter.Emit(kernel, method, tiled);
                break;
            case BytePairBlock pairs:
                BytePairBlockPrinter.Emit(kernel, method, pairs);
                break;
            case SplitSumBlock split:
                SplitSumBlockPrinter.Emit(kernel, method, split);
                break;
            case UnrolledBlock unrolled:
                UnrolledBlockPrinter.Emit(kernel, method, unrolled);
                break;
            case LoopProduct loop:
                LoopProductPrinter.Emit(kernel, method, loop.Plan);
                break;
            default:
                throw new InvalidOperationException($"The strategy {strategy.Name} has no printer for blocks.");
        }
    }

    /// <summary>Writes the variants of the method for one sample on large vectors.</summary>
    public static void EmitSample(Kernel kernel, string method, ProductStrategy strategy, ByteBuffers bytes)
    {
        foreach (var shape in KernelShape.Variants)
        {
            switch (strategy)
            {
                case ByteQuadSample quads:
                    ByteQuadSamplePrinter.Emit(kernel, method, quads, shape, bytes);
                    break;
                case WideByteQuadSample wide:
                    WideByteQuadSamplePrinter.Emit(kernel, method, wide, shape);
                    break;
                case WordPairSample pairs:
                    WordPairSamplePrinter.Emit(kernel, method, pairs, shape);
                    break;
                default:
                    throw new InvalidOperationException($"The strategy {strategy.Name} has no printer for one sample.");
            }
        }
    }
}

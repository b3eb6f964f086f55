using System.Collections.Generic;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>How a constant product is written.</summary>
internal enum ProductForm
{
    /// <summary>A loop over tables of weights (<see cref="ConstantProductEmitter"/>).</summary>
    Loop,

    /// <summary>Straight-line code (<see cref="StraightLineProduct"/>).</summary>
    StraightLine,

    /// <summary>Straight-line code, tile by tile of the source (<see cref="TiledProduct"/>).</summary>
    Tiled,

    /// <summary>Loops over packed pairs of bytes (<see cref="PackedProduct"/>).</summary>
    Packed,

    /// <summary>Loops over tables of sums that bits of the input are looked up in (<see cref="LookupProduct"/>).</summary>
    Lookup,
}

/// <summary>The form of each constant product of a kernel: the fastest that keeps the size of the kernel within its budget.</summary>
internal sealed class ProductForms
{
    private readonly Kernel _kernel;
    private readonly Dictionary<int, ProductForm> _forms = new();
    private int _straight;
    private int _tiled;

    public ProductForms(Kernel kernel, IEnumerable<ProgramStep> steps)
    {
        _kernel = kernel;
        foreach (var step in steps)
        {
            if (step.Instruction is ConstantProductInstruction)
            {
                _forms.Add(step.Destination, Choose(ConstantProductPlan.Of(kernel, step)));
            }
        }
    }

    /// <summary>The form of the product whose results are in a buffer.</summary>
    public ProductForm this[int destination] => _forms[destination];

    private ProductForm Choose(ConstantProductPlan plan)
    {
        if (_kernel.Shape.IsVector && LookupProduct.Pays(_kernel, plan))
        {
            return ProductForm.Lookup;
        }

        bool packs = PackedProduct.Pays(_kernel, plan) && PackedPairs.Of(_kernel, plan) is not null;
        if ((packs || !StraightLineProduct.Suits(_kernel.Shape, plan))
            && ProductTiles.Fits(_kernel, plan)
            && Take(plan, ref _tiled, ProductTiles.MostTerms(_kernel.Shape)))
        {
            return ProductForm.Tiled;
        }

        return packs ? ProductForm.Packed
            : _kernel.Shape.IsVector && plan.Lane != LaneType.Int128 && plan.CountTerms() <= StraightLineProduct.MostTerms
                && Take(plan, ref _straight, StraightLineProduct.MostTermsOfKernel) ? ProductForm.StraightLine
            : ProductForm.Loop;
    }

    private static bool Take(ConstantProductPlan plan, ref int taken, int most)
    {
        int terms = plan.CountTerms();
        if (taken + terms > most)
        {
            return false;
        }

        taken += terms;
        return true;
    }
}

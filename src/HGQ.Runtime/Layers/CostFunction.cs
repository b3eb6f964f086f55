using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>The cost part of the loss: Σ β·EBOPs + Σ regularizers.</summary>
internal static class CostFunction
{
    public static torch.Tensor Total(HgqModel model)
    {
        var terms = model.Layers.SelectMany(layer => Terms(model, layer).Select(term => (layer, term))).ToList();
        var penalized = model.Quantizers.Where(q => q.Regularizer is not null && q.Trainable).ToList();
        foreach (var layer in model.Layers)
        {
            layer.Ebops = 0;
        }

        if (!model.UseFusedPasses || !IsFusable(terms))
        {
            return Operators(terms, penalized);
        }

        var type = terms[0].term.Left.DataType;
        var inPass = penalized.Where(q => q is HgqQuantizer { Regularizer: MonoL1 } hgq && IsPlain(hgq.Fbw, type)).ToList();
        return Penalties(penalized.Except(inPass)).Aggregate(Fused(terms, inPass, WidthSums(model)), (sum, part) => sum.Add(part));
    }

    private static IEnumerable<CostTerm> Terms(HgqModel model, HLayer layer) =>
        model.Count == EbopsCount.Products ? layer.CostTerms() : layer.Hgq2Terms();

    private static bool IsFusable(List<(HLayer Layer, CostTerm Term)> terms)
        => terms.Count > 0 && terms.All(t => IsPlain(t.Term.Left, terms[0].Term.Left.DataType) && IsPlain(t.Term.Right, terms[0].Term.Left.DataType));

    private static IEnumerable<torch.Tensor> Penalties(IEnumerable<TrainableQuantizer> penalized)
        => penalized.Select(q => q.Penalty()).OfType<torch.Tensor>();

    private static bool IsPlain(torch.Tensor tensor, torch.ScalarType type) => tensor.DataType == type && TensorMemory.IsPlain(tensor);

    // The passes over weights have summed these widths; their gradient is then one number.
    private static Dictionary<TrainableQuantizer, torch.Tensor> WidthSums(HgqModel model)
    {
        var sums = new Dictionary<TrainableQuantizer, torch.Tensor>();
        foreach (var layer in model.Layers.OfType<KernelLayer>())
        {
            if (layer.LastWidthSum is { } sum)
            {
                sums[layer.KernelQuantizer] = sum;
            }
        }

        return sums;
    }

    private static torch.Tensor Fused(
        List<(HLayer Layer, CostTerm Term)> terms, List<TrainableQuantizer> penalized, Dictionary<TrainableQuantizer, torch.Tensor> sums)
    {
        double[] weights = [.. penalized.Select(q => ((MonoL1)q.Regularizer!).Weight)];
        torch.Tensor[] inputs =
        [
            .. terms.SelectMany(t => new[] { t.Term.Left, t.Term.Right }),
            .. penalized.Select(q => sums.GetValueOrDefault(q) ?? ((HgqQuantizer)q).Fbw),
        ];
        IFusedNode node = inputs[0].DataType == torch.ScalarType.Float32
            ? new CostNode<float>(terms, weights)
            : new CostNode<double>(terms, weights);
        return FusedFunction.Run(node, inputs)[0];
    }

    private static torch.Tensor Operators(List<(HLayer Layer, CostTerm Term)> terms, List<TrainableQuantizer> penalized)
    {
        var parts = new List<torch.Tensor>();
        foreach (var (layer, term) in terms)
        {
            var value = term.Value();
            layer.Ebops += value.Number();
            parts.Add(value.Multiply(layer.Beta));
        }

        parts.AddRange(Penalties(penalized));
        return parts.Count == 0 ? NewTensor.Zeros([]) : parts.Aggregate((sum, part) => sum.Add(part));
    }
}

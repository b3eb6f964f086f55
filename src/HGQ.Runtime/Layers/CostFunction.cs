using System.Collections.Generic;
using System.Linq;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>The cost part of the loss: Σ β·EBOPs + Σ regularizers.</summary>
internal static class CostFunction
{
    public static torch.Tensor Total(HgqModel model)
    {
        var parts = new List<torch.Tensor>();
        foreach (var layer in model.Layers)
        {
            layer.Ebops = 0;
            foreach (var value in layer.CostTerms().Select(term => term.Value()))
            {
                layer.Ebops += value.ToDouble();
                parts.Add(value * layer.Beta);
            }
        }

        parts.AddRange(model.Quantizers.Select(q => q.Penalty()).OfType<torch.Tensor>());
        return parts.Count == 0 ? torch.zeros([]) : parts.Aggregate((sum, part) => sum + part);
    }
}

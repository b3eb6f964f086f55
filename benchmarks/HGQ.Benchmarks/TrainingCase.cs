using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using static TorchSharp.torch;

namespace HGQ.Benchmarks;

/// <summary>One training step of one network in the three ways that are compared, on the same random data.</summary>
public sealed class TrainingCase : IDisposable
{
    private readonly Tensor _x;
    private readonly Tensor _target;
    private readonly nn.Module<Tensor, Tensor> _plain;
    private readonly optim.Optimizer _plainAdam;
    private readonly HgqModel _fused;
    private readonly HgqAdam _fusedAdam;
    private readonly HgqModel _operators;
    private readonly optim.Optimizer _operatorsAdam;

    public TrainingCase(int batch, params int[] widths)
    {
        random.manual_seed(1);
        _x = randn(batch, widths[0]);
        _target = randint(0, widths[^1], batch, int64);
        var layers = Enumerable.Range(1, widths.Length - 1)
            .SelectMany(i => new nn.Module<Tensor, Tensor>[] { nn.Linear(widths[i - 1], widths[i]), nn.ReLU() })
            .SkipLast(1);
        _plain = nn.Sequential(layers);
        _plainAdam = optim.Adam(_plain.parameters(), lr: 1e-3);
        _fused = Quantized(widths, fused: true);
        _fusedAdam = new HgqAdam(_fused.parameters(), 1e-3);
        _operators = Quantized(widths, fused: false);
        _operatorsAdam = optim.Adam(_operators.parameters(), lr: 1e-3);
    }

    public void Plain()
    {
        using var scope = NewDisposeScope();
        var loss = nn.functional.cross_entropy(_plain.call(_x), _target);
        _plainAdam.zero_grad();
        loss.backward();
        _plainAdam.step();
    }

    public void Operators()
    {
        using var scope = NewDisposeScope();
        var loss = nn.functional.cross_entropy(_operators.forward(_x), _target) + _operators.EbopsLoss();
        _operatorsAdam.zero_grad();
        loss.backward();
        _operatorsAdam.step();
    }

    public void Fused()
    {
        using var scope = NewDisposeScope();
        var loss = nn.functional.cross_entropy(_fused.forward(_x), _target) + _fused.EbopsLoss();
        _fusedAdam.ZeroGradients();
        loss.backward();
        _fusedAdam.Step();
    }

    public void Dispose()
    {
        _plain.Dispose();
        _plainAdam.Dispose();
        _fused.Dispose();
        _operators.Dispose();
        _operatorsAdam.Dispose();
        _x.Dispose();
        _target.Dispose();
    }

    private static HgqModel Quantized(int[] widths, bool fused)
    {
        var dense = widths.Skip(1).Select((units, i) =>
            new HDense(units, i < widths.Length - 2 ? Activation.Relu : Activation.Linear, beta: 1e-6));
        return new HgqSequential([widths[0]], [new HQuantize(), .. dense]) { UseFusedPasses = fused };
    }
}

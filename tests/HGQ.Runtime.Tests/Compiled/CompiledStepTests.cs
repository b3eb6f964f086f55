using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Compiled;

/// <summary>The compiled step against the same step through TorchSharp's operators.</summary>
public sealed class CompiledStepTests
{
    private const int Networks = 40;

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Gradients_of_random_networks_are_those_of_the_operators(int vectorBits)
    {
        ulong start = ulong.TryParse(Environment.GetEnvironmentVariable("HGQ_SEED"), out ulong seed) ? seed : 1;
        for (ulong n = 0; n < Networks; n++)
        {
            Compare(start + n, vectorBits);
        }
    }

    private static void Compare(ulong seed, int vectorBits)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var chain = new RandomChain(seed);
        HgqSequential operators = chain.Network(torch.float64), compiled = chain.Network(torch.float64);
        operators.UseFusedPasses = false;
        double expected = Differentiate(operators, chain);

        var adam = new HgqAdam(compiled.parameters());
        using CompiledStep? step = CompiledStep.TryCreate(
            compiled, adam, chain.Loss, chain.Samples, new() { Batch = chain.Rows, VectorBits = vectorBits }, out string reason);
        Assert.True(step is not null, $"seed {seed}: {reason}");
        double loss = step.Differentiate(chain.Samples, [.. Enumerable.Range(0, chain.Rows)]);

        string what = $"seed {seed}, {vectorBits} bits, ";
        Close.Relative([expected], [loss], 1e-12, what + "loss");
        Close.Relative([operators.Ebops], [compiled.Ebops], 1e-12, what + "EBOPs");
        var names = compiled.named_parameters().ToDictionary(static p => p.parameter.Handle, static p => p.name);
        var gradients = operators.named_parameters().ToDictionary(static p => p.name, static p => p.parameter.grad);
        for (int p = 0; p < adam.Parameters.Count; p++)
        {
            string name = names[adam.Parameters[p].Handle];
            double[] wanted = gradients[name] is { } gradient ? gradient.Values() : new double[adam.Parameters[p].numel()];
            Close.Relative(wanted, step.Gradient<double>(p).ToArray(), 1e-12, what + name);
        }

        Dictionary<string, torch.Tensor> state = compiled.state_dict();
        foreach ((string name, torch.Tensor tensor) in operators.state_dict().Where(e => !IsRecordOfFixedPoint(e.Key, state)))
        {
            Close.Relative(tensor.Values(), state[name].Values(), 1e-12, what + name);
        }
    }

    private static double Differentiate(HgqSequential model, RandomChain chain)
    {
        torch.Tensor x = torch.tensor(chain.Samples.Features, [chain.Rows, .. model.InputPorts[0].OutputShape]).to_type(torch.float64);
        torch.Tensor y = model.forward(x);
        torch.Tensor loss = chain.IsClassification
            ? torch.nn.functional.cross_entropy(y, torch.tensor(chain.Samples.Labels))
            : torch.nn.functional.mse_loss(y, torch.tensor(chain.Samples.Targets, y.shape).to_type(torch.float64));
        (loss + model.EbopsLoss()).backward();
        return loss.ToDouble();
    }

    // Training keeps the range of a wrapping quantizer in its integer bits.
    private static bool IsRecordOfFixedPoint(string name, Dictionary<string, torch.Tensor> state) =>
        (name.EndsWith(".min", StringComparison.Ordinal) || name.EndsWith(".max", StringComparison.Ordinal))
            && state.ContainsKey(name[..^3] + "i");
}

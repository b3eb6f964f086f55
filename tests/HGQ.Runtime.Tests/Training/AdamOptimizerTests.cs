using System;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.Training;

public class AdamOptimizerTests
{
    [Fact]
    public void Updates_follow_the_formula_with_epsilon_beside_the_uncorrected_root()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        const int size = 37;
        var random = new DeterministicRandom(1);
        var parameter = new Parameter(torch.zeros(size));
        var adam = new AdamOptimizer([parameter], epsilon: 1e-3);
        (double[] w, double[] m, double[] v) = (new double[size], new double[size], new double[size]);
        for (int t = 1; t <= 5; t++)
        {
            var g = new float[size];
            for (int i = 0; i < size; i++)
            {
                g[i] = (float)(random.NextGaussian() * 0.01);
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                w[i] -= 0.01 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t)) * m[i] / (Math.Sqrt(v[i]) + 1e-3);
            }

            adam.ZeroGradients();
            (parameter * torch.tensor(g)).sum().backward();
            adam.Step(0.01);
        }

        float[] found = parameter.data<float>().ToArray();
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(w[i], found[i], 1e-6);
        }
    }
}

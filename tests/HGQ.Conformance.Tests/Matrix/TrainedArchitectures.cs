using System.Globalization;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Small random networks of every kind of trainable layer.</summary>
internal sealed class TrainedArchitectures(DeterministicRandom random, bool everyQuantizer = false)
{
    private int _count;

    /// <summary>A network with one input port.</summary>
    public HgqModel Draw() => Below(3) switch
    {
        0 => Windows(),
        1 => Attention(),
        _ => Functions(),
    };

    /// <summary>Quantizers of outputs, of one of the families.</summary>
    public static IQuantizerConfig Activations(int choice) => choice switch
    {
        0 => QuantizerConfig.DefaultPreActivation,
        1 => QuantizerConfig.DefaultPreActivation with { SkipDims = SkipDims.All },
        2 => QuantizerConfig.DefaultPreActivation with { RndStrategy = RoundingStrategy.Floor },
        3 => FixedPointQuantizerConfig.DefaultActivation with { FractionBits = 3, KeepNegative = null },
        _ => new FixedPointQuantizerConfig
        {
            Parametrisation = Parametrisation.Kbi,
            Bits = 5,
            IntegerBits = 1,
            Overflow = OverflowMode.SaturateSymmetric,
            Rounding = RoundingMode.RoundHalfEven,
            SkipDims = SkipDims.Batch,
        },
    };

    private int Below(int limit) => (int)(random.NextDouble() * limit);

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{_count++}");

    // Integer bits that follow the data: with a grid that moves with them, and with limits that values are beyond.
    private static IQuantizerConfig Following(int choice) => choice switch
    {
        0 => FixedPointQuantizerConfig.DefaultActivation with { Parametrisation = Parametrisation.Kbi },
        1 => new FixedPointQuantizerConfig
        {
            Parametrisation = Parametrisation.Kbi,
            Overflow = OverflowMode.Wrap,
            Rounding = RoundingMode.RoundHalfEven,
            KeepNegative = true,
            SkipDims = SkipDims.All,
        },
        2 => FixedPointQuantizerConfig.DefaultActivation with { Rounding = RoundingMode.Truncate, IntegerLimits = (-4, 1) },
        _ => FixedPointQuantizerConfig.DefaultActivation with { KeepNegative = false, SkipDims = SkipDims.All },
    };

    private IQuantizerConfig Paq()
    {
        int choice = Below(everyQuantizer ? 9 : 5);
        return choice < 5 ? Activations(choice) : Following(choice - 5);
    }

    private IQuantizerConfig Kq() => Below(everyQuantizer ? 3 : 2) switch
    {
        0 => QuantizerConfig.DefaultKernel,
        1 => FixedPointQuantizerConfig.DefaultKernel with { Bits = 4, IntegerBits = 1 },
        _ => FixedPointQuantizerConfig.DefaultKernel with { Overflow = OverflowMode.Wrap },
    };

    private Activation Relu() => Below(2) == 0 ? Activation.Relu : Activation.Linear;

    private HgqSequential Windows()
    {
        long groups = 1 + Below(2);
        var options = new ConvOptions(2 * groups, [1 + Below(3), 1 + Below(3)])
        {
            Strides = [1 + Below(2)],
            Padding = Below(2) == 0 ? Padding.Same : Padding.Valid,
            Groups = groups,
            Activation = Relu(),
            Kq = Kq(),
            Paq = Paq(),
            Bq = Below(2) == 0 ? Kq() : null,
        };
        HConv2D conv = Below(2) == 0 ? new HConv2D(options, Name("conv")) : new HConv2DBatchNorm(options, name: Name("conv"));
        HLayer pool = Below(3) switch
        {
            0 => new PMaxPool2D([2], padding: Padding.Same, name: Name("max")),
            1 => new PGlobalMaxPool2D(Name("max")),
            _ => new PAvgPool2D([2], [1], name: Name("mean")),
        };
        return new HgqSequential(
            [5, 5, 2], new HQuantize(Paq(), "quantize"), conv, pool, new HQuantize(Paq(), Name("again")), new PFlatten(Name("flat")), new HDense(2, Relu(), kq: Kq(), paq: Paq(), name: Name("dense")));
    }

    private HgqGraphModel Attention()
    {
        var x = new HInput([3, 4], "x");
        HLayer q = new HQuantize(Paq(), "quantize").On(x);
        DenseQuantizers Dense() => new(Kq(), Paq(), Below(2) == 0 ? Kq() : null);
        var options = new AttentionOptions(1 + Below(2), 1 + Below(2))
        {
            Query = Dense(),
            Key = Dense(),
            Value = Dense(),
            Output = Dense(),
            Scores = Paq(),
            Mixed = Paq(),
            Softmax = new SoftmaxOptions { SubtractMaximum = true },
        };
        HLayer attention = new HMultiHeadAttention(options, Name("attention")).On(q);
        HLayer sum = Below(2) == 0 ? new HAdd(Paq(), Name("skip")).On(q, attention) : new HMaximum(Paq(), Name("skip")).On(q, attention);
        HLayer norm = new HBatchNormalization(0, Relu(), Kq(), Paq(), name: Name("norm")).On(sum);
        HLayer mean = new HSum([1], shift: -1, paq: Paq(), name: Name("mean")).On(norm);
        return new HgqGraphModel("attention", [x], [mean]);
    }

    private HgqSequential Functions()
    {
        UnaryFunction[] functions = [UnaryFunction.Tanh, UnaryFunction.LeakyRelu, UnaryFunction.HardSigmoid, UnaryFunction.Gelu];
        var coarse = QuantizerConfig.DefaultPreActivation with { SkipDims = SkipDims.All, BwClip = (-2, 3) };
        return new HgqSequential(
            [2 + Below(3), 3],
            new HQuantize(Paq(), "quantize"),
            new HDenseOnAxis(1, new HDense(1 + Below(4), Relu(), kq: Kq(), paq: coarse), Name("across")),
            new HActivation(functions[Below(functions.Length)], Paq(), Name("function")),
            new HDenseBatchNorm(3, kq: Kq(), paq: coarse, name: Name("dense")),
            new HSoftmax(name: Name("softmax")));
    }
}

using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Tests.Export;

public class ActivationExportTests
{
    public static TheoryData<string> Functions => [.. All.Select(static f => f.Name)];

    private static UnaryFunction[] All =>
    [
        UnaryFunction.Relu, UnaryFunction.LeakyRelu, UnaryFunction.HardTanh, UnaryFunction.HardSigmoid, UnaryFunction.Tanh,
        UnaryFunction.Sigmoid, UnaryFunction.Exponential, UnaryFunction.Elu, UnaryFunction.Softplus,
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_one_number(string name)
    {
        UnaryFunction function = All.Single(f => f.Name == name);
        ModelGraph graph = ExportCheck.Sequential([4], new HDense(3), new HActivation(function, name: "f"), new HDense(2));
        string kind = graph.Layers[3].GetType().Name;
        Assert.Equal(name switch { "relu" or "leaky_relu" => nameof(ReluLayer), "hard_tanh" => nameof(ClampLayer), _ => nameof(TableLayer) }, kind);
    }

    [Fact]
    public void Tables_behind_layers_without_a_quantizer_of_their_own()
    {
        ExportCheck.Sequential([4, 3], new PAvgPool1D([2]), new HActivation(UnaryFunction.Tanh), new PFlatten(), new HDense(2));
        ExportCheck.Sequential([4, 3], new PFlatten(), new PSlice(1, 2, 6), new HActivation(UnaryFunction.Sigmoid), new HDense(2));
    }

    [Fact]
    public void A_table_has_an_entry_for_every_code_in_twos_complement()
    {
        QuantizerConfig coarse = QuantizerConfig.DefaultPreActivation with { InitBw = 1 };
        using var model = new HgqSequential([1], new Signature(true, 3, 2, "s"), new HActivation(UnaryFunction.Exponential, coarse, "f"));
        LookupTable table = ExportCheck.Export(model).Layers.OfType<TableLayer>().Single().Tables[0];
        Assert.Equal(new FixedPointFormat(true, 1, 1), table.Input);

        // Codes 0, ½, 1, 1½, −2, −1½, −1, −½ in halves of e^x: 1, 1.65, 2.72, 4.48, 0.14, 0.22, 0.37, 0.61.
        int modulus = (int)table.Output.MaxRaw + 1;
        Assert.Equal([.. new long[] { 2, 3, 5, 9, 0, 0, 1, 1 }.Select(n => n % modulus)], table.Entries);
    }

    [Fact]
    public void A_table_behind_a_port_covers_its_margin()
    {
        using var model = new HgqSequential([2], new HQuantize(name: "q"), new HActivation(UnaryFunction.Tanh, name: "f"));
        ModelGraph tight = ExportCheck.Export(model);
        ModelGraph wide = ExportCheck.Export(model, new ExportOptions { InputMarginBits = 2 });
        int[] widths = [.. new[] { tight, wide }.Select(static g => g.Layers.OfType<TableLayer>().Single().Tables[0].Input.Width)];
        Assert.Equal(widths[0] + 2, widths[1]);
        Assert.NotEmpty(Lowerer.Lower(wide).Outputs);
    }

    [Fact]
    public void A_table_that_is_too_large_and_a_real_input_are_refused_by_name()
    {
        using var model = new HgqSequential([2], new HQuantize(), new HActivation(UnaryFunction.Tanh, name: "steep"));
        var e = Assert.Throws<ExportException>(() => ExportCheck.Export(model, new ExportOptions { MaximumTableEntries = 4 }));
        Assert.Equal("steep", e.Layer);
        Assert.Contains("MaximumTableEntries = 4", e.Message);

        using var real = new HgqSequential([2], new HActivation(UnaryFunction.Tanh, name: "f"));
        Assert.Contains("'x'", Assert.Throws<ExportException>(() => ExportCheck.Export(real)).Message);
    }
}

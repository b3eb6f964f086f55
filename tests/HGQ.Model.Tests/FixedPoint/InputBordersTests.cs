using System;
using System.Globalization;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Model.Tests.FixedPoint;

public class InputBordersTests
{
    // Nothing, pixels, and features; the number itself and the one before it are asked for their codes.
    [Theory]
    [InlineData(null, null)]
    [InlineData("0", "255")]
    [InlineData("0.1307", "0.3081")]
    [InlineData("-1234.5", "1e-3")]
    public void The_border_is_the_first_single_with_the_code(string? mean, string? scale)
    {
        foreach (RoundingMode rounding in Enum.GetValues<RoundingMode>())
        {
            foreach (int fractionBits in new[] { -3, 0, 5 })
            {
                var (program, port) = Program(mean, scale, fractionBits, rounding);
                for (var code = -3; code <= 4; code++)
                {
                    float border = InputBorders.Smallest(program, port, 0, code);
                    Assert.True(Code(border) >= code, $"{border:R} is not {code} yet, {rounding}");
                    Assert.True(Code(InputBorders.Below(border)) < code, $"{border:R} is not the first {code}, {rounding}");
                }

                long Code(float x)
                {
                    double value = mean is null ? x : (float)((x - double.Parse(mean, CultureInfo.InvariantCulture)) / double.Parse(scale!, CultureInfo.InvariantCulture));
                    return FixedPointArithmetic.FromDouble(value, new FixedPointFormat(true, 30 - fractionBits, fractionBits), rounding, OverflowMode.Saturate);
                }
            }
        }
    }

    [Theory]
    [InlineData("0", "-2", 0)]
    [InlineData("0", "1", 61)]
    public void What_is_not_computed_is_no_number(string mean, string scale, int fractionBits)
    {
        var (program, port) = Program(mean, scale, fractionBits, RoundingMode.RoundHalfUp);
        Assert.True(float.IsNaN(InputBorders.Smallest(program, port, 0, 1)));
    }

    [Fact]
    public void Below_passes_zero_and_the_ends()
    {
        Assert.Equal(float.MaxValue, InputBorders.Below(float.PositiveInfinity));
        Assert.Equal(-float.Epsilon, InputBorders.Below(0));
        Assert.Equal(0, InputBorders.Below(float.Epsilon));
        Assert.Equal(float.NegativeInfinity, InputBorders.Below(-float.MaxValue));
    }

    private static (IntegerProgram Program, QuantizeInputInstruction Port) Program(string? mean, string? scale, int fractionBits, RoundingMode rounding)
    {
        var shape = TensorShape.Of(1);
        var quantizer = new QuantizerSpec(TensorFormat.Uniform(shape, new FixedPointFormat(true, 8 - fractionBits, fractionBits)), rounding, OverflowMode.Saturate);
        var metadata = mean is null ? ModelMetadata.Empty : new ModelMetadata(new[] { new Standardization("x", new[] { mean }, new[] { scale! }) }, default);
        LayerNode[] layers = [new InputLayer("x", shape), new QuantizeLayer("q", "x", quantizer)];
        var program = Lowerer.Lower(new ModelGraph("border", layers, new[] { new ModelOutput("y", "q") }, metadata));
        return (program, (QuantizeInputInstruction)program.Instructions[0]);
    }
}

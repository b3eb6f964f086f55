using System;
using System.Text;
using static HGQ.Import.Tests.KerasFiles;

namespace HGQ.Import.Tests;

/// <summary>What can't be read or has no exact form is refused by layer, construct and way out.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void No_container()
    {
        using var files = new KerasFiles();
        Assert.Contains("no HDF5", Imported.Refused(files.Bytes("a", Encoding.UTF8.GetBytes("hello"))).Message, StringComparison.Ordinal);
        Assert.Contains("without its weights",
            Imported.Refused(files.Bytes("b.json", Encoding.UTF8.GetBytes("{\"class_name\":\"Sequential\"}"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("export it to ONNX", Imported.Refused(files.Bytes("c.pt", [0x80, 2, 0x8a])).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Imported.Refused(files.Bytes("d.keras", [(byte)'P', (byte)'K', 3, 4, 5])).Message,
            StringComparison.Ordinal);
        Assert.Contains("damaged",
            Imported.Refused(files.Bytes("e.h5", [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10, 0, 0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file()
    {
        using var files = new KerasFiles();
        byte[] whole = System.IO.File.ReadAllBytes(files.H5(Input(2), Activation("\"quantized_bits(4, 1, alpha=1)\"")));
        for (var length = 8; length < whole.Length; length += 97)
        {
            // Some lengths still hold all that is read; no length may end in another exception.
            string path = files.Bytes("cut.h5", whole[..length]);
            Exception? fault = Record.Exception(()
                => ModelImporter.Import([path], new ImportOptions { Input = InputFormat.Parse("s<2,5>") }));
            Assert.True(fault is null or ImportException, fault?.ToString());
        }
    }

    [Theory]
    [InlineData("\"quantized_ulaw(4)\"", "quantized_ulaw")]
    [InlineData("\"quantized_bits(4, 1, alpha='auto')\"", "depends on the data")]
    [InlineData("\"quantized_bits(0)\"", "0 bits")]
    [InlineData("\"quantized_bits(4, 1, qnoise_factor=0.5)\"", "qnoise_factor")]
    [InlineData("\"tanh\"", "tanh")]
    [InlineData("7", "neither a text nor a class")]
    public void An_activation(string quantizer, string part)
    {
        using var files = new KerasFiles();
        ImportException fault = Assert.Throws<ImportException>(() => Imported.Run(files.H5(Input(2), Activation(quantizer)), "s<2,5>"));
        Assert.Equal("a", fault.Layer);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HDense", "to_proxy_model")]
    [InlineData("LSTM", "not supported")]
    public void A_layer(string kind, string part)
    {
        using var files = new KerasFiles();
        Assert.Contains(part, Imported.Refused(files.H5(Input(2), new Layer(kind, "l", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_without_a_format()
    {
        using var files = new KerasFiles();
        Layer dense = new("QDense", "d", "\"use_bias\":false", ("kernel", [2, 1], [0.5f, 1]));
        ImportException fault = Imported.Refused(files.H5(Input(2), dense));
        Assert.Equal("d", fault.Layer);
        Assert.Contains("--input", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_size()
    {
        using var files = new KerasFiles();
        Layer open = new("InputLayer", "x", "\"batch_input_shape\":[null,null,3]");
        Assert.Contains("leaves a size open", Imported.Refused(files.H5(open, Activation("\"quantized_bits(4, 1, alpha=1)\""))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_is_too_large()
    {
        using var files = new KerasFiles();
        Assert.Throws<ImportException>(()
            => Imported.Run(files.H5(Input(2_000_000_000, 2_000_000_000), Activation("\"quantized_bits(4, 1, alpha=1)\"")), "s<2,5>"));
        Assert.Throws<ImportException>(()
            => Imported.Run(files.H5(Input(2_000_000_000), Activation("\"quantized_bits(4, 1, alpha=1)\"")), "s<2,5>"));
    }

    [Theory]
    [InlineData("fixed<16,6>", "s<5,10> Truncate Wrap")]
    [InlineData("ap_ufixed<8, 0, AP_RND_CONV, AP_SAT>", "u<0,8> RoundHalfEven Saturate")]
    [InlineData("s<5,10>", "s<5,10> RoundHalfEven Saturate")]
    [InlineData("int<8>", "s<7,0> Truncate Wrap")]
    public void Formats_are_read(string text, string expected)
    {
        InputFormat format = InputFormat.Parse(text);
        Assert.Equal(expected, $"{format.Format} {format.Rounding} {format.Overflow}");
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("fixed<16>")]
    [InlineData("fixed<99,6>")]
    [InlineData("fixed<16,6,AP_ROUND>")]
    [InlineData("s<5,10,AP_RND>")]
    [InlineData("")]
    public void Formats_are_refused(string text)
        => Assert.Contains("fixed<16,6>", Assert.Throws<FormatException>(() => InputFormat.Parse(text)).Message, StringComparison.Ordinal);
}

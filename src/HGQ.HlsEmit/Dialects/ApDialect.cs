using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Dialects;

/// <summary><c>ap_int</c>, <c>ap_fixed</c> and <c>hls::stream</c>, with the directives of Vivado HLS and Vitis HLS.</summary>
internal sealed class ApDialect(HlsTool tool) : CppDialect
{
    /// <inheritdoc/>
    public override HlsTypes Types => HlsTypes.Ap;

    /// <inheritdoc/>
    public override string IntegerHeader => "ap_int.h";

    /// <inheritdoc/>
    public override string FixedHeader => "ap_fixed.h";

    /// <inheritdoc/>
    public override string ChannelHeader => "hls_stream.h";

    /// <inheritdoc/>
    public override string VendorVariable => "AP_TYPES";

    /// <inheritdoc/>
    public override bool HasVendorChannel => false;

    /// <inheritdoc/>
    public override string ModePrefix => "AP_";

    /// <inheritdoc/>
    public override bool HasDataflowOfArrays => true;

    /// <inheritdoc/>
    public override bool HasKit => true;

    /// <inheritdoc/>
    public override IEnumerable<(string Path, string Template)> Scripts =>
    [
        ("build_prj.tcl", "build_prj.tcl.sbn"),
        .. IsVivado ? Array.Empty<(string, string)>() : [("hls_config.cfg", "hls_config.cfg.sbn")],
    ];

    private bool IsVivado => tool == HlsTool.VivadoHls;

    /// <inheritdoc/>
    public override string Integer(WireType type) => Invariant($"{(type.Signed ? "ap_int" : "ap_uint")}<{type.Width}>");

    /// <inheritdoc/>
    public override string Fixed(WireType raw, int integerBits, string modes) =>
        Invariant($"{(raw.Signed ? "ap_fixed" : "ap_ufixed")}<{raw.Width}, {integerBits}{modes}>");

    /// <inheritdoc/>
    public override string Bits(string element, int low, WireType port, WireType wire) =>
        Invariant($"{element}.range({Math.Min(port.Width, low + wire.Width) - 1}, {low})");

    /// <inheritdoc/>
    public override string Slice(string element, int low, WireType type) =>
        Invariant($"{Integer(type)}({element}.range({low + type.Width - 1}, {low}))");

    /// <inheritdoc/>
    public override string SetBits(string element, WireType raw, string value) =>
        Invariant($"{element}.range({raw.Width - 1}, 0) = {value};");

    /// <inheritdoc/>
    public override string Channel(string element) => $"hls::stream<{element}>";

    /// <inheritdoc/>
    public override string ChannelVariable(string element, string name) => $"{Channel(element)} {name}(\"{name}\")";

    /// <inheritdoc/>
    public override string LocalChannel(string element, string name) => ChannelVariable(element, name) + ";";

    /// <inheritdoc/>
    public override IEnumerable<string> OfLocalChannel(string name, int depth) =>
    [
        Invariant($"#pragma HLS STREAM variable={name} depth={depth}"),
        IsVivado ? $"#pragma HLS DATA_PACK variable={name}" : $"#pragma HLS AGGREGATE variable={name} compact=bit",
    ];

    /// <inheritdoc/>
    public override IEnumerable<string> Partition(string variable) => [$"#pragma HLS ARRAY_PARTITION variable={variable} complete"];

    /// <inheritdoc/>
    /// <remarks>Vivado HLS takes every struct apart by itself; Vitis HLS does so where it is told, and only then sees its arrays.</remarks>
    public override IEnumerable<string> Disaggregate(string variable) => IsVivado ? [] : [$"#pragma HLS DISAGGREGATE variable={variable}"];

    /// <inheritdoc/>
    public override IEnumerable<string> Multiplication(string name, bool isDsp) =>
    [
        IsVivado
            ? $"#pragma HLS RESOURCE variable={name} core={(isDsp ? "DSP48" : "Mul_LUT")}"
            : $"#pragma HLS BIND_OP variable={name} op=mul impl={(isDsp ? "dsp" : "fabric")}",
    ];

    /// <inheritdoc/>
    public override IEnumerable<string> Rom(string name) =>
    [
        IsVivado
            ? $"#pragma HLS RESOURCE variable={name} core=ROM_1P_LUTRAM"
            : $"#pragma HLS BIND_STORAGE variable={name} type=rom_1p impl=lutram",
        $"#pragma HLS ARRAY_PARTITION variable={name} dim=1 complete",
    ];

    /// <inheritdoc/>
    public override IEnumerable<string> InFunction(FunctionDirectives directives) => directives.Form switch
    {
        FunctionForm.Free => [],
        FunctionForm.Inlined => ["#pragma HLS INLINE"],
        FunctionForm.Apart => ["#pragma HLS INLINE off"],
        FunctionForm.Pipelined => [Pipeline(directives.Interval)],
        _ => throw new ArgumentOutOfRangeException(nameof(directives), directives.Form, "There is no such form of a function."),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> BeforeProcess(FunctionDirectives directives) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> BeforeTop(TopDirectives directives) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> InTop(TopDirectives directives) =>
    [
        .. directives.HasStreams ? [] : directives.Inputs.Concat(directives.Outputs).SelectMany(Partition),
        .. directives.Interface is { } protocols ? Interfaces(directives, protocols) : [],
        .. directives.Style switch
        {
            null => InFunction(FunctionDirectives.Inlined),
            HlsPipelineStyle.None => [],
            HlsPipelineStyle.Pipeline => [Pipeline(directives.Interval)],
            HlsPipelineStyle.Dataflow => ["#pragma HLS DATAFLOW"],
            HlsPipelineStyle.Automatic => throw new InvalidOperationException("The style is decided before anything is written."),
            _ => throw new ArgumentOutOfRangeException(nameof(directives), directives.Style, "There is no such style."),
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<string> BeforeLoop(LoopDirectives directives) => [];

    /// <inheritdoc/>
    protected override IEnumerable<string> InLoop(LoopDirectives directives) => directives.IsUnrolled ? ["#pragma HLS UNROLL"]
        :
        [
            .. directives.Interval is { } interval ? [Pipeline(interval) + (directives.Rewinds ? " rewind" : "")] : Array.Empty<string>(),
            .. directives.Copies > 1 ? [Invariant($"#pragma HLS UNROLL factor={directives.Copies}")] : Array.Empty<string>(),
        ];

    private static IEnumerable<string> Interfaces(TopDirectives directives, TopInterface protocols)
    {
        var (input, output) = directives.HasStreams ? ("axis", "axis")
            : ("ap_none", protocols.Ports == HlsPortProtocol.Valid ? "ap_vld" : "ap_none");
        return directives.Inputs.Select(name => $"#pragma HLS INTERFACE {input} port={name}")
            .Concat(directives.Outputs.Select(name => $"#pragma HLS INTERFACE {output} port={name}"))
            .Append($"#pragma HLS INTERFACE {protocols.Control} port=return");
    }

    private static string Pipeline(int interval) => Invariant($"#pragma HLS PIPELINE II={interval}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

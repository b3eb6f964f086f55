using System;
using System.Collections.Generic;
using System.Globalization;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Dialects;

/// <summary><c>ac_int</c>, <c>ac_fixed</c> and <c>ac_channel</c>, with the directives of Catapult.</summary>
internal sealed class AcDialect : CppDialect
{
    private const string Design = "#pragma hls_design ";

    /// <inheritdoc/>
    public override HlsTypes Types => HlsTypes.Ac;

    /// <inheritdoc/>
    public override string IntegerHeader => "ac_int.h";

    /// <inheritdoc/>
    public override string FixedHeader => "ac_fixed.h";

    /// <inheritdoc/>
    public override string ChannelHeader => "ac_channel.h";

    /// <inheritdoc/>
    public override string VendorVariable => "AC_TYPES";

    /// <inheritdoc/>
    public override bool HasVendorChannel => true;

    /// <inheritdoc/>
    public override string ModePrefix => "AC_";

    /// <inheritdoc/>
    public override bool HasDataflowOfArrays => false;

    /// <inheritdoc/>
    public override bool HasKit => false;

    /// <inheritdoc/>
    public override IEnumerable<(string Path, string Template)> Scripts => [("directives.tcl", "directives.tcl.sbn")];

    /// <inheritdoc/>
    public override string Integer(WireType type) => Invariant($"ac_int<{type.Width}, {Sign(type)}>");

    /// <inheritdoc/>
    public override string Fixed(WireType raw, int integerBits, string modes) =>
        Invariant($"ac_fixed<{raw.Width}, {integerBits}, {Sign(raw)}{modes}>");

    /// <inheritdoc/>
    /// <remarks>A slice has the sign of what it is cut from; the bits above it are 0 in a wider wire.</remarks>
    public override string Bits(string element, int low, WireType port, WireType wire)
    {
        var bits = new WireType(false, Math.Min(port.Width - low, wire.Width));
        return port.Signed && bits.Width < wire.Width ? Slice(element, low, bits) : Cut(element, low, bits.Width);
    }

    /// <inheritdoc/>
    public override string Slice(string element, int low, WireType type) => $"{Integer(type)}({Cut(element, low, type.Width)})";

    /// <inheritdoc/>
    /// <remarks>What is put in says by its type how many bits it has.</remarks>
    public override string SetBits(string element, WireType raw, string value) => $"{element}.set_slc(0, {Integer(raw)}({value}));";

    /// <inheritdoc/>
    public override string Channel(string element) => $"ac_channel<{element}>";

    /// <inheritdoc/>
    public override string ChannelVariable(string element, string name) => $"{Channel(element)} {name}";

    /// <inheritdoc/>
    public override string LocalChannel(string element, string name) => $"static {ChannelVariable(element, name)};";

    /// <inheritdoc/>
    /// <remarks>The depth is a directive of the script.</remarks>
    public override IEnumerable<string> OfLocalChannel(string name, int depth) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Partition(string variable) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Disaggregate(string variable) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Multiplication(string name, bool isDsp) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Rom(string name) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> InFunction(FunctionDirectives directives) => [];

    /// <inheritdoc/>
    public override IEnumerable<string> BeforeProcess(FunctionDirectives directives) =>
        [Design + "block", .. directives.Form == FunctionForm.Pipelined ? [Pipeline(directives.Interval)] : Array.Empty<string>()];

    /// <inheritdoc/>
    public override IEnumerable<string> BeforeTop(TopDirectives directives) =>
        [Design + "top", .. directives.Style == HlsPipelineStyle.Pipeline ? [Pipeline(directives.Interval)] : Array.Empty<string>()];

    /// <inheritdoc/>
    public override IEnumerable<string> InTop(TopDirectives directives) => [];

    /// <inheritdoc/>
    protected override IEnumerable<string> BeforeLoop(LoopDirectives directives) => directives.IsUnrolled ? ["#pragma hls_unroll yes"]
        :
        [
            .. directives.Interval is { } interval ? [Pipeline(interval)] : Array.Empty<string>(),
            .. directives.Copies > 1 ? [Invariant($"#pragma hls_unroll {directives.Copies}")] : Array.Empty<string>(),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<string> InLoop(LoopDirectives directives) => [];

    private static string Sign(WireType type) => type.Signed ? "true" : "false";

    private static string Cut(string element, int low, int width) => Invariant($"{element}.slc<{width}>({low})");

    private static string Pipeline(int interval) => Invariant($"#pragma hls_pipeline_init_interval {interval}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Text.Json.Serialization;

namespace HGQ.Runtime.Quantizers;

/// <summary>The two ways to parametrise a quantizer.</summary>
public enum QuantizerFamily
{
    /// <summary><see cref="HgqQuantizer"/>: fraction bits are trained, integer bits follow from the values.</summary>
    [JsonStringEnumMemberName("hgq")]
    Hgq,

    /// <summary>
    /// <see cref="FixedPointQuantizer"/>: integer and fraction bits are trained, or integer bits follow the values (KIF or KBI).
    /// </summary>
    [JsonStringEnumMemberName("fixed-point")]
    FixedPoint,
}

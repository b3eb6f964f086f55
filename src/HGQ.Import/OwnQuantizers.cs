namespace HGQ.Import;

/// <summary>Quantizers in ONNX files of our own that QONNX has no node for.</summary>
internal static class OwnQuantizers
{
    /// <summary>Their domain; their names are a rounding and an overflow, for example <c>RoundHalfUp_Wrap</c>.</summary>
    public const string Domain = "hgq.quantizers";
}

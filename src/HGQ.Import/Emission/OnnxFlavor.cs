namespace HGQ.Import.Emission;

/// <summary>What an ONNX file says a model with.</summary>
public enum OnnxFlavor
{
    /// <summary>Standard operators on the integers of the lowered program, exact in float32 or refused.</summary>
    Qdq,

    /// <summary>Layers on reals with quantizers between them: Quant of QONNX, or functions where Quant has no such quantizer.</summary>
    Qonnx,
}

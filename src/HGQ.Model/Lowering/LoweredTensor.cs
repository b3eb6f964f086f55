using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>What a layer's output became.</summary>
/// <param name="Shape">Shape of the tensor.</param>
/// <param name="Buffer">Buffer that holds it in row-major order, or −1 for a real input port.</param>
/// <param name="Port">Index of the real input port, or −1.</param>
internal sealed record LoweredTensor(TensorShape Shape, int Buffer, int Port = -1)
{
    public bool IsReal => Port >= 0;
}

using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Layers;

/// <summary>Dense layer with a batch norm folded into kernel and bias before these are quantized.</summary>
/// <param name="units">Number of outputs.</param>
/// <param name="activation">What follows the output quantizer.</param>
/// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
/// <param name="useBias">Whether there is a bias besides the norm's offset.</param>
/// <param name="kq">Quantizer of the folded weights; null: the default for weights.</param>
/// <param name="paq">Quantizer of the outputs; null: the default for outputs.</param>
/// <param name="batchNorm">Momentum and ε.</param>
/// <param name="name">Unique in its model.</param>
/// <param name="bq">Quantizer of the folded bias; null: it is quantized on the grid of the outputs.</param>
public sealed class HDenseBatchNorm(
    long units,
    Activation activation = Activation.Linear,
    double beta = 0,
    bool useBias = true,
    IQuantizerConfig? kq = null,
    IQuantizerConfig? paq = null,
    BatchNormOptions? batchNorm = null,
    string? name = null,
    IQuantizerConfig? bq = null) : HDense(units, activation, beta, useBias, kq, paq, name, batchNorm ?? new BatchNormOptions(), bq);

/// <summary>Convolution over one spatial dimension with a batch norm folded in.</summary>
/// <param name="options">Arguments of the convolution.</param>
/// <param name="batchNorm">Momentum and ε.</param>
/// <param name="name">Unique in its model.</param>
public sealed class HConv1DBatchNorm(ConvOptions options, BatchNormOptions? batchNorm = null, string? name = null)
    : HConv1D(options, name, batchNorm ?? new BatchNormOptions());

/// <summary>Convolution over two spatial dimensions with a batch norm folded in.</summary>
/// <param name="options">Arguments of the convolution.</param>
/// <param name="batchNorm">Momentum and ε.</param>
/// <param name="name">Unique in its model.</param>
public sealed class HConv2DBatchNorm(ConvOptions options, BatchNormOptions? batchNorm = null, string? name = null)
    : HConv2D(options, name, batchNorm ?? new BatchNormOptions());

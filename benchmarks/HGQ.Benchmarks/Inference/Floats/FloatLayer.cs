namespace HGQ.Benchmarks.Inference.Floats;

/// <summary>A layer of a network in single precision, channels first: what the competitors compute.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Shape">Shape of the result without the batch.</param>
internal abstract record FloatLayer(string Name, int[] Shape);

/// <summary>Dense, kernel [in, out].</summary>
internal sealed record FloatDense(string Name, int Inputs, int Outputs, float[] Kernel, float[] Bias, bool Relu) : FloatLayer(Name, [Outputs]);

/// <summary>Convolution with stride 1 and without padding, kernel [out, in, height, width].</summary>
internal sealed record FloatConv(string Name, int[] Shape, int[] KernelShape, float[] Kernel, float[] Bias, bool Relu) : FloatLayer(Name, Shape);

/// <summary>Largest element of windows that touch.</summary>
internal sealed record FloatMaxPool(string Name, int[] Shape, int Height, int Width) : FloatLayer(Name, Shape);

/// <summary>The same elements as one axis.</summary>
internal sealed record FloatFlatten(string Name, int[] Shape) : FloatLayer(Name, Shape);

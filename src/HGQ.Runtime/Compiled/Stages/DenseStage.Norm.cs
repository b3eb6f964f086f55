namespace HGQ.Runtime.Compiled;

/// <content>The way back through a batch norm.</content>
internal sealed unsafe partial class DenseStage<T, TVector, TLanes>
{
    /// <summary>Takes the statistics' part of the gradient of a block of inputs, and sums the weights'.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="lane">Whose sums count them.</param>
    /// <param name="input">Quantized inputs.</param>
    /// <param name="inputError">What rounding took away from the samples.</param>
    /// <param name="product">The products in front of the norm; their gradient afterwards.</param>
    /// <param name="inputGradient">Where the gradient of the inputs is added; not for the first layer.</param>
    public void BackwardNorm(int rows, int lane, T* input, T* inputError, T* product, T* inputGradient)
    {
        _norm!.Differentiate(rows, product);
        AddTransposed(rows, input, product, _norm.Slopes[lane]);
        if (_inputSlopes is not null)
        {
            AddTransposed(rows, inputError, product, _norm.InputSlopes![lane]);
        }
        else
        {
            MatrixProduct<T, TVector, TLanes>.Multiply(
                rows, Input.Padded, Output.Columns, LeftOperand<T>.Rows(product, Output.Padded), _norm.Transposed, Input.Padded,
                    inputGradient, Input.Padded, add: true);
        }
    }

    /// <summary>Behind the last block of <see cref="BackwardNorm"/>.</summary>
    public void FinishNorm()
    {
        int size = Input.Columns * Output.Padded;
        for (int lane = 0; lane < _slopes.Length; lane++)
        {
            WeightSet<T, TVector, TLanes>.Add(size, _norm!.Slopes[lane], _kernel.PlainGradient);
            if (_norm.InputSlopes is not null && lane > 0)
            {
                WeightSet<T, TVector, TLanes>.Add(size, _norm.InputSlopes[lane], _norm.InputSlopes[0]);
            }
        }

        if (_norm!.InputSlopes is not null)
        {
            WeightSet<T, TVector, TLanes>.RowProducts(Input.Columns, Output.Padded, _norm.InputSlopes[0], _kernel.Plain, Input.Errors[0]);
        }
    }
}

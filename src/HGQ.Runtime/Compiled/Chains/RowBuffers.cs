namespace HGQ.Runtime.Compiled;

/// <summary>Rows of a batch that are worked on together.</summary>
/// <param name="Lane">Whose sums count them.</param>
/// <param name="First">The first row of the batch.</param>
/// <param name="Count">Rows.</param>
/// <param name="Place">Where the first row lies in the buffers.</param>
internal readonly record struct RowBlock(int Lane, int First, int Count, int Place);

/// <summary>What a stage keeps of the rows at hand from the way forward for the way back.</summary>
internal sealed unsafe class RowBuffers<T>
    where T : unmanaged
{
    private readonly T* _output;
    private readonly T* _error;
    private readonly T* _gradient;
    private readonly T* _product;
    private readonly int _columns;

    private RowBuffers(T* output, T* error, T* gradient, T* product, int columns)
    {
        _output = output;
        _error = error;
        _gradient = gradient;
        _product = product;
        _columns = columns;
    }

    public static RowBuffers<T> Allocate(AlignedMemory memory, int rows, int columns, bool hasGradient, bool hasProduct)
    {
        T* Matrix() => memory.Allocate<T>((long)rows * columns);
        return new RowBuffers<T>(Matrix(), Matrix(), hasGradient ? Matrix() : null, hasProduct ? Matrix() : null, columns);
    }

    /// <summary>Quantized outputs.</summary>
    public T* Output(RowBlock block) => _output + ((nint)block.Place * _columns);

    /// <summary>What rounding took away.</summary>
    public T* Error(RowBlock block) => _error + ((nint)block.Place * _columns);

    /// <summary>Gradient of the outputs.</summary>
    public T* Gradient(RowBlock block) => _gradient + ((nint)block.Place * _columns);

    /// <summary>Products in front of a batch norm.</summary>
    public T* Product(RowBlock block) => _product + ((nint)block.Place * _columns);
}

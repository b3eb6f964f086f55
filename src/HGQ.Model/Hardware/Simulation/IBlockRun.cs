namespace HGQ.Model.Hardware.Simulation;

/// <summary>Computes blocks of samples, with memory of its own.</summary>
internal interface IBlockRun
{
    /// <summary>Samples of a block.</summary>
    int Samples { get; }

    /// <summary>Computes so many samples from <paramref name="first"/> on.</summary>
    void Run(long[] codes, long[] results, int first, int count);
}

/// <summary>With rows that are structs of words: where there are no vectors.</summary>
/// <typeparam name="TRow">A row.</typeparam>
internal sealed class RowRun<TRow>(RowProgram program, BlockPorts ports) : IBlockRun
    where TRow : struct, IBitRow<TRow>
{
    private readonly TRow[] _rows = BlockExecution<TRow>.Rows(program.Rows);

    public int Samples => 64 * default(TRow).Words;

    public void Run(long[] codes, long[] results, int first, int count)
    {
        var block = new RowBlock<TRow>(_rows);
        ports.Load(codes, first, count, block);
        BlockExecution<TRow>.Run(program.List, _rows);
        ports.Store(results, first, count, block);
    }
}

/// <summary>With the vectors of the processor.</summary>
internal sealed class VectorRun : IBlockRun
{
    private readonly RowProgram _program;
    private readonly BlockPorts _ports;
    private readonly VectorLoops.Loop?[] _loops;
    private readonly ulong[] _words;

    public VectorRun(RowProgram program, BlockPorts ports, VectorLoops.Loop?[] loops)
    {
        _program = program;
        _ports = ports;
        _loops = loops;
        _words = new ulong[program.Rows * VectorLoops.Words];
        for (int n = VectorLoops.Words; n < 2 * VectorLoops.Words; n++)
        {
            _words[n] = ulong.MaxValue;
        }
    }

    public int Samples => 64 * VectorLoops.Words;

    public void Run(long[] codes, long[] results, int first, int count)
    {
        var block = new WordBlock(_words);
        _ports.Load(codes, first, count, block);
        BitOperation[] steps = _program.List.Steps;
        for (int step = 0, end; step < steps.Length; step = end)
        {
            BitOperationKind kind = steps[step].Kind;
            for (end = step + 1; end < steps.Length && steps[end].Kind == kind;)
            {
                end++;
            }

            if (_loops[(int)kind] is { } loop)
            {
                loop(steps, step, end, _words);
            }
            else
            {
                BlockCells.Run(_program.List, step, end, block);
            }
        }

        _ports.Store(results, first, count, block);
    }
}

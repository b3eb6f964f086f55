namespace HGQ.HlsEmit.Dialects;

/// <summary>How a function stands in the hardware.</summary>
internal enum FunctionForm
{
    /// <summary>As the tool likes.</summary>
    Free,

    /// <summary>It is part of its caller.</summary>
    Inlined,

    /// <summary>It stays a function.</summary>
    Apart,

    /// <summary>It is a pipeline.</summary>
    Pipelined,
}

/// <summary>What a tool is to do with a function.</summary>
/// <param name="Form">How it stands in the hardware.</param>
/// <param name="Interval">Clock cycles from one start of a pipeline to the next.</param>
internal readonly record struct FunctionDirectives(FunctionForm Form, int Interval = 1)
{
    /// <summary>As the tool likes.</summary>
    public static FunctionDirectives Free { get; } = new(FunctionForm.Free);

    /// <summary>It is part of its caller.</summary>
    public static FunctionDirectives Inlined { get; } = new(FunctionForm.Inlined);
}

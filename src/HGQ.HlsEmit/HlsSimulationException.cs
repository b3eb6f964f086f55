namespace HGQ.HlsEmit;

/// <summary>The C++ simulation does not build or does not run.</summary>
public class HlsSimulationException : HlsEmitException
{
    /// <summary>Creates the exception.</summary>
    public HlsSimulationException(string message)
        : base(message)
    {
    }
}

/// <summary>A tool that the simulation needs is not installed: the step is skipped, never passed.</summary>
public sealed class HlsToolMissingException : HlsSimulationException
{
    /// <summary>Creates the exception; the message is the reason.</summary>
    public HlsToolMissingException(string message)
        : base(message)
    {
    }
}

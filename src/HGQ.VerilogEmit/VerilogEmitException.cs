using System;

namespace HGQ.VerilogEmit;

/// <summary>A program cannot be emitted, or a project cannot be written; the message says what to do.</summary>
public class VerilogEmitException : Exception
{
    /// <summary>Creates the exception.</summary>
    public VerilogEmitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public VerilogEmitException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>An option of the emission is wrong; the message lists the right ones.</summary>
public sealed class VerilogOptionException : VerilogEmitException
{
    /// <summary>Creates the exception.</summary>
    public VerilogOptionException(string option, string message)
        : base(message) => Option = option;

    /// <summary>Name of the option.</summary>
    public string Option { get; }
}

/// <summary>A simulation does not build or does not run; the message holds the tool's first errors.</summary>
public class VerilogSimulationException : VerilogEmitException
{
    /// <summary>Creates the exception.</summary>
    public VerilogSimulationException(string message)
        : base(message)
    {
    }
}

/// <summary>A tool that the simulation needs is not installed: the step is skipped, never passed.</summary>
public sealed class VerilogToolMissingException : VerilogSimulationException
{
    /// <summary>Creates the exception; the message is the reason.</summary>
    public VerilogToolMissingException(string message)
        : base(message)
    {
    }
}

namespace HGQ.HlsEmit;

/// <summary>An option of the emission is wrong; the message lists the right ones.</summary>
public sealed class HlsOptionException : HlsEmitException
{
    /// <summary>Creates the exception.</summary>
    public HlsOptionException(string option, string message)
        : base(message) => Option = option;

    /// <summary>Name of the option.</summary>
    public string Option { get; }
}

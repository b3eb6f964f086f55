using System.IO;

namespace HGQ.Cli.Terminal;

/// <summary>Messages for people on standard error: plain, or with the first word coloured on a terminal.</summary>
internal sealed class MessageWriter
{
    private readonly TextWriter _error;
    private readonly bool _quiet;

    public MessageWriter(TextWriter error, TerminalStyle style, bool quiet)
    {
        _error = error;
        _quiet = quiet;
        Style = style;
    }

    public TerminalStyle Style { get; }

    /// <summary>Whether nothing but errors and warnings is shown.</summary>
    public bool Quiet => _quiet;

    /// <summary>An error: shown always.</summary>
    public void Error(string message) => Write("31", "error", message);

    /// <summary>A warning: shown always, since it says that something was done otherwise than the words suggest.</summary>
    public void Warning(string message) => Write("33", "warning", message);

    /// <summary>How it goes: not shown when quiet.</summary>
    public void Note(string message)
    {
        if (!_quiet)
        {
            _error.Write(message + "\n");
        }
    }

    /// <summary>How far it is: a line of its own, or one that the next overwrites; an empty one takes it away.</summary>
    public void Progress(string message, bool overwrite)
    {
        if (!_quiet)
        {
            _error.Write(overwrite ? "\r\u001b[K" + message : message + "\n");
        }
    }

    private void Write(string colour, string word, string message)
        => _error.Write((Style.Colours ? $"\u001b[{colour}m{word}\u001b[0m" : word) + ": " + message + "\n");
}

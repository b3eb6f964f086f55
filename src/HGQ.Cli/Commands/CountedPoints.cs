namespace HGQ.Cli.Commands;

/// <summary>Of which models of a page LUTs are counted.</summary>
internal enum CountedPoints
{
    /// <summary>Those that take little time, the chosen one first.</summary>
    Some,

    /// <summary>None of them.</summary>
    None,

    /// <summary>All of them, however long that takes.</summary>
    All,
}

namespace HGQ.Cli.Commands;

/// <summary>Of which models of a page LUTs are counted.</summary>
internal enum CountedPoints
{
    /// <summary>The chosen one, and of the front as many as take little time.</summary>
    Some,

    /// <summary>None of them.</summary>
    None,

    /// <summary>All of them, however long that takes.</summary>
    All,
}

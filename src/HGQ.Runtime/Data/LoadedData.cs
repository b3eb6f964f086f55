namespace HGQ.Runtime.Data;

/// <summary>A data set, with its official test rows where they are files of their own.</summary>
/// <param name="Data">The rows to split.</param>
/// <param name="Test">Test rows of their own, or null.</param>
public sealed record LoadedData(Dataset Data, Dataset? Test);

using System.Collections.Generic;

namespace HGQ.Sweep.Plan;

/// <summary>One training of a sweep.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Values">A value for each parameter of the plan: the text of an option, or the JSON of a recipe's member.</param>
public sealed record SweepTask(string Name, IReadOnlyList<string> Values);

/// <summary>An option that all tasks share.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Value">Its value.</param>
public sealed record SweepOption(string Name, string Value);

/// <summary>A file that the tasks read, and what it was when they were planned.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
public sealed record SweepInput(string Path, string Hash);

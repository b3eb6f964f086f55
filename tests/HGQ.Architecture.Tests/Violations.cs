using System.Collections.Generic;
using System.Linq;

namespace HGQ.Architecture.Tests;

/// <summary>What breaks a rule, listed in full.</summary>
internal static class Violations
{
    internal static void AssertNone(IEnumerable<string> found)
    {
        var list = found.ToList();
        Assert.True(list.Count == 0, $"{list.Count} of:\n{string.Join('\n', list)}");
    }
}

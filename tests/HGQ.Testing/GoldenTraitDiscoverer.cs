using System.Collections.Generic;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace HGQ.Testing;

/// <summary>Gives golden tests the trait <c>Category=Golden</c>.</summary>
public sealed class GoldenTraitDiscoverer : ITraitDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Category", "Golden")];
}

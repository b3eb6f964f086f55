using System;
using Xunit;
using Xunit.Sdk;

namespace HGQ.Testing;

/// <summary>A fact that reads the shared vectors; skipped, visibly, where they are not at hand. Has the trait <c>Category=Golden</c>.</summary>
[TraitDiscoverer("HGQ.Testing.GoldenTraitDiscoverer", "HGQ.Testing")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenFactAttribute : FactAttribute, ITraitAttribute
{
    /// <summary>Decides at discovery.</summary>
    public GoldenFactAttribute() => Skip = SharedVectors.Missing;
}

/// <summary>A theory that reads the shared vectors; skipped, visibly, where they are not at hand. Has the trait <c>Category=Golden</c>.</summary>
[TraitDiscoverer("HGQ.Testing.GoldenTraitDiscoverer", "HGQ.Testing")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    /// <summary>Decides at discovery; the programs or files that it needs besides are those of <see cref="ToolTheoryAttribute"/>.</summary>
    public GoldenTheoryAttribute(params string[] tools) => Skip = SharedVectors.Missing ?? HostTools.SkipReason(tools);
}

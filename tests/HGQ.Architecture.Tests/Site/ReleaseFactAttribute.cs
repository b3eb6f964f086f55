using System;
using System.Reflection;

namespace HGQ.Architecture.Tests.Site;

/// <summary>A fact about what a Release build leaves; in others a visible skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReleaseFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery.</summary>
    public ReleaseFactAttribute() =>
        Skip = typeof(ReleaseFactAttribute).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration == "Release"
            ? null
            : "docfx.json names the libraries of a Release build";
}

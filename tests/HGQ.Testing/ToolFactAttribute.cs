using System;
using Xunit;

namespace HGQ.Testing;

/// <summary>A fact that needs programs or files of the machine, such as <c>g++</c>: a visible skip where one is missing, a failure where CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery; a name with a slash is a file, any other a program of the search path.</summary>
    public ToolFactAttribute(params string[] tools) => Skip = HostTools.SkipReason(tools);
}

/// <summary>A theory that needs programs or files of the machine, such as <c>g++</c>: a visible skip where one is missing, a failure where CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery; a name with a slash is a file, any other a program of the search path.</summary>
    public ToolTheoryAttribute(params string[] tools) => Skip = HostTools.SkipReason(tools);
}

using HGQ.Model;

namespace HGQ.Generators.Pipeline;

/// <summary>One class to generate, or what stands against it.</summary>
/// <param name="Path">Model file.</param>
/// <param name="Text">Its text; null where nothing is to be generated.</param>
/// <param name="Options">Names of the class.</param>
/// <param name="Problems">What stands against it.</param>
internal sealed record ModelRequest(string Path, string? Text, CSharpOptions Options, EquatableArray<DiagnosticInfo> Problems)
{
    /// <summary>The class's full name, which no other request may have.</summary>
    public string FullName
    {
        get
        {
            string name = Options.Namespace.Length == 0 ? string.Empty : Options.Namespace + ".";
            foreach (string type in Options.ContainingTypes)
            {
                name += type.Substring(type.LastIndexOf(' ') + 1) + ".";
            }

            return name + Options.ClassName;
        }
    }

    /// <summary>Name of the generated file.</summary>
    public string HintName { get; init; } = string.Empty;

    /// <summary>What the user wrote into the class.</summary>
    public EquatableArray<OwnMember> Members { get; init; }

    public static ModelRequest Refused(DiagnosticInfo problem)
        => new(problem.Path, null, new CSharpOptions(string.Empty, string.Empty), new[] { problem });
}

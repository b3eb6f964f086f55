namespace HGQ.Generators;

/// <summary>How the generated class is named and declared.</summary>
/// <param name="Namespace">Namespace; empty for the global one.</param>
/// <param name="ClassName">Name of the class, a C# identifier.</param>
public sealed record CSharpOptions(string Namespace, string ClassName)
{
    /// <summary>Modifiers before <c>partial class</c>; those of the user's own part may be left out (empty).</summary>
    public string Modifiers { get; init; } = "public static";

    /// <summary>SHA-256 of the model file's text, in lower-case hexadecimal digits; see <see cref="ModelHash"/>.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>Class names for <c>ClassNames</c>; empty where the model has none.</summary>
    public HGQ.Model.EquatableArray<string> ClassNames { get; init; }

    /// <summary>Whether the class implements <c>HGQ.IHgqModel</c>, which the source generator adds to the project.</summary>
    public bool ImplementsInterface { get; init; }

    /// <summary>A type that surrounds the class, outermost first, as in <c>partial class Outer</c>.</summary>
    public HGQ.Model.EquatableArray<string> ContainingTypes { get; init; }
}

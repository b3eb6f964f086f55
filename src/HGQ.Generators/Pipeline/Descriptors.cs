using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using HGQ.Model.Serialization;
using Microsoft.CodeAnalysis;

namespace HGQ.Generators.Pipeline;

/// <summary>
/// All diagnostics: those of model files (HGQ0001…) as errors of the compiler, and the generator's own (HGQ0101…). See
/// docs/diagnostics.md.
/// </summary>
internal static class Descriptors
{
    public const string FileNotFound = "HGQ0101";
    public const string NotPartial = "HGQ0102";
    public const string DuplicateClass = "HGQ0103";
    public const string InvalidName = "HGQ0104";
    public const string GenericClass = "HGQ0105";
    public const string AmbiguousFile = "HGQ0106";
    public const string GeneratedSize = "HGQ0107";
    public const string FrameworkTooOld = "HGQ0108";
    public const string InternalError = "HGQ0109";
    public const string WrongKind = "HGQ0110";
    public const string MemberName = "HGQ0111";
    public const string NamespaceName = "HGQ0112";
    public const string OwnMember = "HGQ0113";
    private const string Category = "HGQ";

    // Where the pages are read: beside the sources, whose address is known to who publishes (-p:RepositoryUrl=...), else in the repository.
    private static readonly string Documents = typeof(Descriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static attribute => attribute.Key == "HgqDocuments")?.Value ?? "docs/";

    private static readonly Dictionary<string, DiagnosticDescriptor> All = Own()
        .Concat(ModelErrorCodes.All.Select(error => Describe(error.Id, error.Title, "{0}", error.Explanation, DiagnosticSeverity.Error)))
        .ToDictionary(descriptor => descriptor.Id);

    /// <summary>Every id, ascending.</summary>
    public static IEnumerable<DiagnosticDescriptor> List => All.Values.OrderBy(descriptor => descriptor.Id, System.StringComparer.Ordinal);

    public static DiagnosticDescriptor Find(string id) => All.TryGetValue(id, out var descriptor) ? descriptor : All[InternalError];

    private static IEnumerable<DiagnosticDescriptor> Own()
    {
        yield return Error(
            FileNotFound, "Model file isn't an additional file", "No additional file ends with '{0}': add <AdditionalFiles Include=\"{0}\" /> to the project");
        yield return Error(NotPartial, "Class isn't partial", "The class '{0}' must be partial, and so must the types around it: its other part is generated");
        yield return Error(
            DuplicateClass, "Two models give the same class", "The class '{0}' is already generated from '{1}': give one of the files another HgqClassName or HgqNamespace");
        yield return Error(
            InvalidName, "Name is no identifier", "In C#, {0}; HgqClassName and HgqNamespace of the additional file set the names");
        yield return Error(GenericClass, "Class is generic", "The class '{0}' is generic, or lies in a generic type: a model has no type parameters");
        yield return Error(
            AmbiguousFile, "Model file isn't unique", "Several additional files end with '{0}': '{1}' and '{2}'; write more of the path");
        yield return Describe(
            GeneratedSize, "Size of the generated code", "{0}: {1} characters of C# from {2} characters of model", "Shown as information.", DiagnosticSeverity.Info);
        yield return Error(
            FrameworkTooOld, "Target framework is too old", "The generated code needs {0}, which this project's framework lacks: target .NET 8 or later");
        yield return Error(
            InternalError, "Model can't be generated", "The generator failed on this model, which is a defect of the generator; please report it with the file: {0}");
        yield return Error(
            WrongKind, "Type is no class", "'{0}' is a {1}, which can't be completed: [HgqModel] needs a partial class, as in 'public partial class {0}' or 'public static partial class {0}'");
        yield return Error(
            MemberName, "Class is named as one of its members", "The class '{0}' gets a member called '{0}', and a class can't be named as its member: rename the class, for example to '{0}Model'");
        yield return Error(
            NamespaceName, "Class is named as a namespace", "The class '{0}' has the name of the namespace that the class of '{1}' lies in: give one of the files another HgqClassName or HgqNamespace");
        yield return Error(
            OwnMember, "Member is generated as well", "The class '{0}' has a member called '{1}', and so has its generated part: rename yours");
    }

    private static DiagnosticDescriptor Error(string id, string title, string message) => Describe(id, title, message, title + ".", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Describe(string id, string title, string message, string description, DiagnosticSeverity severity)
    {
        string link = $"{Documents}{Page(id)}#{Anchor($"{id}: {title}")}";
        return new(id, title, message, Category, severity, isEnabledByDefault: true, description, link);
    }

    // Errors of model files have a page of their own.
    private static string Page(string id) =>
        ModelErrorCodes.All.Any(error => error.Id == id) ? "model-errors.md" : "diagnostics.md";

    // The anchor that a page of Markdown gives its heading.
    private static string Anchor(string heading) =>
        new([.. heading.ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(static c => c == ' ' ? '-' : c)]);
}

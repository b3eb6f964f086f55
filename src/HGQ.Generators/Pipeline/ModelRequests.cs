using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;
using HGQ.Model.Naming;

namespace HGQ.Generators.Pipeline;

/// <summary>Brings model files and attributed classes together.</summary>
internal static class ModelRequests
{
    // Names of generated files: of files that some projects write, so short, and case does not count.
    private static readonly NameRules HintNames = new(new WordSet(StringComparer.OrdinalIgnoreCase), 150) { IgnoresCase = true };

    /// <summary>
    /// A request per attributed class, and one per model file that no class names; a file that has an explicit class name of
    /// its own is generated under that name as well.
    /// </summary>
    public static ImmutableArray<ModelRequest> Resolve(ImmutableArray<ModelFileText> files, ImmutableArray<ModelClass> classes, bool hasVectors)
    {
        var requests = new List<ModelRequest>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var declared in classes)
        {
            requests.Add(FromClass(declared, files, named));
        }

        foreach (var file in files.Where(file => file.IsModel).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (file.ClassName.Length > 0 || !named.Contains(file.Path))
            {
                requests.Add(FromFile(file));
            }
        }

        var distinct = WithoutNamespaces(WithoutDuplicates(requests));
        return hasVectors ? distinct : distinct.Select(TooOld).ToImmutableArray();
    }

    private static ModelRequest FromClass(ModelClass declared, ImmutableArray<ModelFileText> files, HashSet<string> named)
    {
        DiagnosticInfo Problem(string id, params string[] arguments)
            => new(id, declared.Path, declared.Line, declared.Column, arguments);
        if (declared.Kind.Length > 0)
        {
            return ModelRequest.Refused(Problem(Descriptors.WrongKind, declared.Name, declared.Kind));
        }

        if (!declared.IsPartial)
        {
            return ModelRequest.Refused(Problem(Descriptors.NotPartial, declared.Name));
        }

        if (declared.IsGeneric)
        {
            return ModelRequest.Refused(Problem(Descriptors.GenericClass, declared.Name));
        }

        if (ClassMembers.Contains(declared.Name))
        {
            return ModelRequest.Refused(Problem(Descriptors.MemberName, declared.Name));
        }

        if (declared.OwnMember.Length > 0)
        {
            return ModelRequest.Refused(Problem(Descriptors.OwnMember, declared.Name, declared.OwnMember));
        }

        var matching = files.Where(file => file.IsRelativeTo(declared.Path, declared.File)).ToArray();
        matching = matching.Length == 1 ? matching : files.Where(file => declared.File.Length > 0 && file.EndsWith(declared.File)).ToArray();
        if (matching.Length == 0)
        {
            return ModelRequest.Refused(Problem(Descriptors.FileNotFound, declared.File));
        }

        if (matching.Length > 1)
        {
            return ModelRequest.Refused(Problem(Descriptors.AmbiguousFile, declared.File, matching[0].Path, matching[1].Path));
        }

        named.Add(matching[0].Path);
        var options = new CSharpOptions(declared.Namespace, declared.Name)
        {
            Modifiers = string.Empty,
            ContainingTypes = declared.ContainingTypes,
            ImplementsInterface = declared.IsInstance,
        };
        var members = declared.Members.Where(member => MayClash(member, matching[0].Text)).ToArray();
        return Request(matching[0], options) with { Members = members };
    }

    // Generated members have fixed names, or those of layers. Others are left out: where they move, nothing is generated anew.
    private static bool MayClash(OwnMember member, string? model) =>
        ClassMembers.Contains(member.Name) || model?.IndexOf(member.Name, StringComparison.OrdinalIgnoreCase) >= 0;

    private static ModelRequest FromFile(ModelFileText file)
    {
        string name = file.ClassName.Length > 0 ? file.ClassName : ModelSource.ClassNameOf(file.Path);
        string? invalid = CSharpNames.ProblemOfNamespace(file.Namespace) ?? CSharpNames.ProblemOfClass(name, file.Namespace);
        return invalid is null
            ? Request(file, new CSharpOptions(file.Namespace, name))
            : ModelRequest.Refused(DiagnosticInfo.At(Descriptors.InvalidName, file.Path, 0, 0, invalid));
    }

    private static ModelRequest Request(ModelFileText file, CSharpOptions options) => file.Text is null
        ? ModelRequest.Refused(DiagnosticInfo.At(HGQ.Model.Serialization.ModelErrorCodes.UnreadableFile, file.Path, 0, 0, "the file can't be read"))
        : new ModelRequest(file.Path, file.Text, options, default);

    private static ImmutableArray<ModelRequest> WithoutDuplicates(List<ModelRequest> requests)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var hints = new NameTable(HintNames);
        var distinct = ImmutableArray.CreateBuilder<ModelRequest>(requests.Count);
        foreach (var request in requests)
        {
            if (request.Text is null)
            {
                distinct.Add(request);
            }
            else if (first.TryGetValue(request.FullName, out string? other))
            {
                distinct.Add(ModelRequest.Refused(DiagnosticInfo.At(Descriptors.DuplicateClass, request.Path, 0, 0, request.FullName, other)));
            }
            else
            {
                first.Add(request.FullName, request.Path);
                distinct.Add(request with { HintName = hints.Claim(request.FullName.Replace("@", string.Empty)) + ".g.cs" });
            }
        }

        return distinct.ToImmutable();
    }

    // A class and a namespace of one name don't compile, and the compiler would blame the other model.
    private static ImmutableArray<ModelRequest> WithoutNamespaces(ImmutableArray<ModelRequest> requests)
    {
        var namespaces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var request in requests.Where(request => request.Text is not null))
        {
            string space = request.Options.Namespace;
            for (int end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1))
            {
                namespaces[space.Substring(0, end)] = request.Path;
            }
        }

        return requests.Select(request => request.Text is not null && namespaces.TryGetValue(request.FullName, out string? other)
            ? ModelRequest.Refused(DiagnosticInfo.At(Descriptors.NamespaceName, request.Path, 0, 0, request.FullName, other))
            : request).ToImmutableArray();
    }

    private static ModelRequest TooOld(ModelRequest request) => request.Text is null
        ? request
        : ModelRequest.Refused(DiagnosticInfo.At(Descriptors.FrameworkTooOld, request.Path, 0, 0, Machine.NewestType));
}

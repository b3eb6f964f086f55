using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Basic.Reference.Assemblies;
using HGQ.Cli.Engines;
using HGQ.Model.Program;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Tests.Mutations;

/// <summary>
/// A generated class with all its mutants in one assembly: each changed member stands beside the original, and a number that is set at
/// run time says which of them is called.
/// </summary>
internal sealed class MutantAssembly
{
    private const string Namespace = "Generated";
    private const string ClassName = "Model";
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp12);

    private readonly FieldInfo _chosen;

    private MutantAssembly(Type type, IntegerProgram program, IReadOnlyDictionary<int, CSharpMutation> mutants)
    {
        _chosen = type.GetField("Mutant", BindingFlags.Static | BindingFlags.NonPublic)!;
        Model = GeneratedModel.Of(type, program);
        Mutants = mutants;
    }

    /// <summary>The class; which mutant it is, <see cref="Choose"/> says.</summary>
    public GeneratedModel Model { get; }

    /// <summary>The mutants that compile, by their number.</summary>
    public IReadOnlyDictionary<int, CSharpMutation> Mutants { get; }

    /// <summary>Makes the class a mutant, or with 0 what was generated.</summary>
    public void Choose(int mutant) => _chosen.SetValue(null, mutant);

    /// <summary>Generates, changes and compiles.</summary>
    /// <param name="program">What is generated.</param>
    /// <param name="choose">Chooses from all changes there are.</param>
    public static MutantAssembly Create(IntegerProgram program, Func<IReadOnlyList<CSharpMutation>, IEnumerable<CSharpMutation>> choose)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(CSharpEmitter.Emit(program, new CSharpOptions(Namespace, ClassName)), Parsing).GetRoot();
        var mutants = choose([.. CSharpMutator.All(root)]).Select((change, n) => (Number: n + 1, Change: change)).ToDictionary(m => m.Number, m => m.Change);
        while (true)
        {
            var trees = mutants.ToDictionary(mutant => Partial(root, mutant.Value.Renamed(Name(mutant.Value.Name, mutant.Key))), mutant => mutant.Key);
            var compilation = CSharpCompilation.Create(
                "Mutants",
                [Dispatching(root, mutants), Partial(root, "    internal static int Mutant;\n"), .. trees.Keys],
                Net100.References.All,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
            using var image = new MemoryStream();
            var errors = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
            if (errors.Length == 0)
            {
                return new MutantAssembly(Assembly.Load(image.ToArray()).GetType($"{Namespace}.{ClassName}", throwOnError: true)!, program, mutants);
            }

            var refused = errors.Where(error => error.Location.SourceTree is { } tree && trees.ContainsKey(tree)).Select(error => trees[error.Location.SourceTree!]).ToHashSet();
            Assert.True(refused.Count > 0, string.Join('\n', errors.Take(5).Select(error => error.ToString())));
            refused.ToList().ForEach(number => mutants.Remove(number));
        }
    }

    private static string Name(string member, int mutant) => FormattableString.Invariant($"{member}__{mutant}");

    // The file with the changed members renamed, and in their place one that calls the chosen one.
    private static SyntaxTree Dispatching(CompilationUnitSyntax root, Dictionary<int, CSharpMutation> mutants)
    {
        var text = root.GetText();
        var changes = mutants.GroupBy(mutant => mutant.Value.Member).Select(group =>
        {
            var original = group.First().Value with { Span = new(group.Key.Span.End, 0), New = "" };
            return new Microsoft.CodeAnalysis.Text.TextChange(group.Key.FullSpan, original.Renamed(Name(original.Name, 0)) + Dispatcher(group.Key, original.Name, [.. group.Select(mutant => mutant.Key)]));
        });
        return CSharpSyntaxTree.ParseText(text.WithChanges(changes.OrderBy(change => change.Span.Start)), Parsing);
    }

    private static string Dispatcher(MemberDeclarationSyntax member, string name, int[] numbers)
    {
        var modifiers = string.Join(' ', member.Modifiers.Select(modifier => modifier.Text));
        if (member is PropertyDeclarationSyntax table)
        {
            return $"    {modifiers} {table.Type} {name} => Mutant switch {{ {string.Concat(numbers.Select(n => FormattableString.Invariant($"{n} => {Name(name, n)}, ")))}_ => {Name(name, 0)} }};\n\n";
        }

        var method = (MethodDeclarationSyntax)member;
        var arguments = string.Join(", ", method.ParameterList.Parameters.Select(p => $"{(p.Modifiers.Any(SyntaxKind.RefKeyword) ? "ref " : "")}{p.Identifier.Text}"));
        var cases = string.Concat(numbers.Select(n => FormattableString.Invariant($"case {n}: {Name(name, n)}({arguments}); break; ")));
        return $"    {modifiers} {method.ReturnType} {name}{method.ParameterList} {{ switch (Mutant) {{ {cases}default: {Name(name, 0)}({arguments}); break; }} }}\n\n";
    }

    private static SyntaxTree Partial(CompilationUnitSyntax root, string member) => CSharpSyntaxTree.ParseText(
        $"#nullable enable\n{string.Concat(root.Usings.Select(u => u.ToString() + "\n"))}namespace {Namespace};\n\npublic static partial class {ClassName}\n{{\n{member}}}\n", Parsing);
}

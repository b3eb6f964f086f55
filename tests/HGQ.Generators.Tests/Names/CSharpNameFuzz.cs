using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Lowering;
using HGQ.Testing.Names;

namespace HGQ.Generators.Tests.Names;

/// <summary>Thousands of hostile names for models, layers, ports, classes and files, compiled together in a hostile project.</summary>
public sealed class CSharpNameFuzz
{
    private const int LayersOfModel = 40;

    // Other names and more of them: HGQ_FUZZ_NAMES=20000.
    private static readonly int? Wanted = int.TryParse(Environment.GetEnvironmentVariable("HGQ_FUZZ_NAMES"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    [Fact]
    public void Every_name_gives_code_that_compiles_beside_all_others()
    {
        int seed = Wanted is null ? 20260101 : Random.Shared.Next();
        string[] names = HostileNames.Take(Wanted ?? 2_000, seed);
        var texts = new List<string> { HostileProject.Source("Acme") };
        var classes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (own, n) in names.Chunk(LayersOfModel).Where(own => own.Length == LayersOfModel).Select((own, n) => (own, n)))
        {
            var graph = HostileModel.Create(own[0], own, [own[1], own[2]]).WithClasses(own);
            string name = CSharpNames.ClassNameOf("models/" + own[3].Replace('/', '_') + ".hgq.json"), space = n % 2 == 0 ? "Acme.Models" : "Acme";
            while (!classes.Add(space + "." + name) || CSharpNames.ProblemOfClass(name, space) is not null || (space == "Acme" && IsDeclared(name)))
            {
                name += "Again";
            }

            texts.Add(ModelSource.Generate(graph, Lowerer.Lower(graph), new CSharpOptions(space, name) { ImplementsInterface = n % 4 == 0, Modifiers = n % 4 == 0 ? "public sealed" : "public static" }));
        }

        texts.Add(Pipeline.GeneratorHarness.Interface);
        string[] problems = HostileProject.Problems(HostileProject.Compilation([.. texts]));

        Assert.True(problems.Length == 0, $"seed {seed.ToString(CultureInfo.InvariantCulture)}, {names.Length.ToString(CultureInfo.InvariantCulture)} names: {string.Join('\n', problems.Take(8))}");
    }

    [Fact]
    public void Every_file_name_gives_a_class_name_that_works()
    {
        string[] names = HostileNames.Take(Wanted ?? 20_000, 20260102);

        Assert.All(names, name => Assert.Null(CSharpNames.ProblemOfClass(CSharpNames.ClassNameOf("a/" + name + ".hgq.json"), string.Empty)));
        Assert.All(names, name => Assert.Null(CSharpNames.ProblemOfNamespace(CSharpNames.NamespaceOf(name))));
    }

    private static bool IsDeclared(string name) => HostileProject.Source("Acme").Contains($"class {name} ", StringComparison.Ordinal) || name is "Extensions" or "Models" or "HGQ" or "System";
}

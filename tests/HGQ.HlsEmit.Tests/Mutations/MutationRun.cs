using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests.Mutations;

/// <summary>What became of the mutants of a project.</summary>
/// <param name="Killed">Found by the emitted test bench.</param>
/// <param name="Refused">Not compiled.</param>
/// <param name="Equivalent">Change no result in any of the samples.</param>
/// <param name="Survivors">Change a result, and the test bench passes.</param>
/// <param name="Coverage">What the vectors of the test bench reach.</param>
internal sealed record MutationScore(int Killed, int Refused, int Equivalent, IReadOnlyList<string> Survivors, VectorCoverage Coverage);

/// <summary>Builds all mutants of an emitted project into one program and runs each against the emitted test bench.</summary>
internal sealed partial class MutationRun(IntegerProgram program, HlsOptions options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs mutants.</summary>
    /// <param name="choose">Chooses from all there are.</param>
    /// <param name="samples">Codes of the samples that say whether a mutant that passes is equivalent.</param>
    public async Task<MutationScore> Score(Func<IReadOnlyList<CppMutation>, IEnumerable<CppMutation>> choose, long[] samples)
    {
        using var folder = new TemporaryFolder();
        var project = HlsEmitter.Emit(program, options);
        HlsProjectWriter.Write(project, folder.Path);
        var sources = project.Files.Where(file => file.Key.StartsWith("firmware/", StringComparison.Ordinal) && file.Key.EndsWith(".cpp", StringComparison.Ordinal))
            .ToDictionary(file => file.Key, file => file.Value.TrimEnd('\n').Split('\n'));
        var mutants = choose([.. sources.SelectMany(source => CppMutator.All(source.Key, source.Value))]).Select((change, n) => (Number: n + 1, Change: change)).ToList();
        var space = project.Name + "_layers";
        var all = mutants.Count;
        for (var refused = Build(); refused.Count > 0; refused = Build())
        {
            mutants.RemoveAll(mutant => refused.Contains(mutant.Number));
        }

        var simulation = folder.Combine("build", "c++11", project.Name + "_sim");
        Assert.Equal(0, (await Run(0, "tb/vectors.dat")).ExitCode);
        var passed = new List<(int Number, CppMutation Change)>();
        foreach (var mutant in mutants)
        {
            if ((await Run(mutant.Number, "tb/vectors.dat")).ExitCode == 0)
            {
                passed.Add(mutant);
            }
        }

        WriteCodes(folder.Combine("codes"), samples);
        var expected = await Results(0);
        var survivors = new List<string>();
        foreach (var (number, change) in passed)
        {
            var results = await Results(number);
            if (!expected.AsSpan().SequenceEqual(results))
            {
                survivors.Add(change.Describe(sources[change.Path]));
            }
        }

        return new MutationScore(mutants.Count - passed.Count, all - mutants.Count, passed.Count - survivors.Count, survivors, project.Report.Coverage);

        HashSet<int> Build()
        {
            foreach (var (path, lines) in sources)
            {
                var own = mutants.FindAll(m => m.Change.Path == path);
                File.WriteAllText(folder.Combine(path.Split('/')), own.Count == 0 ? string.Join('\n', lines) + "\n" : MutantSource.Write(lines, space, own));
            }

            // The top function's file says which mutant runs.
            File.AppendAllText(
                folder.Combine("firmware", project.Name + ".cpp"),
                "#include <cstdlib>\nint hgq_mutant = std::getenv(\"HGQ_MUTANT\") ? std::atoi(std::getenv(\"HGQ_MUTANT\")) : 0;\n");
            var make = ToolProcess.RunAsync("make", ["-k", "build", "EXTRA=-w"], folder.Path, Limit).GetAwaiter().GetResult();
            var refused = MutantError().Matches(make.Error).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();
            Assert.True(make.ExitCode == 0 || (refused.Count > 0 && !refused.Contains(0)), make.ToString());
            return make.ExitCode == 0 ? [] : refused;
        }

        Task<ToolResult> Run(int mutant, params string[] arguments) => ToolProcess.RunAsync(
            simulation, arguments, folder.Path, Limit, new Dictionary<string, string?> { ["HGQ_MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture) });

        async Task<byte[]> Results(int mutant)
        {
            await Run(mutant, "--run", "codes", "results");
            return File.ReadAllBytes(folder.Combine("results"));
        }
    }

    private static void WriteCodes(string path, long[] codes)
    {
        var bytes = new byte[codes.Length * sizeof(long)];
        Buffer.BlockCopy(codes, 0, bytes, 0, bytes.Length);
        File.WriteAllBytes(path, bytes);
    }

    [GeneratedRegex(MutantSource.LineName + @"(\d+):\d+:\d+: (?:fatal )?error")]
    private static partial Regex MutantError();
}

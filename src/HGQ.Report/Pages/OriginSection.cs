using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Report.Contents;
using HGQ.Report.Runs;

namespace HGQ.Report.Pages;

/// <summary>How the model came to be: commands, data, recipe, versions, warnings.</summary>
internal static class OriginSection
{
    public static Section Build(ReportContent content)
    {
        List<Block> blocks = [new Block { Heading = "Commands", Code = string.Join('\n', content.Commands) }];
        if (content.Run is { } run)
        {
            blocks.Add(new Block { Heading = "Data", Facts = [.. Data(run)] });
            blocks.Add(new Block { Heading = "Warnings", Lines = run.Warnings.Count == 0 ? ["none"] : run.Warnings });
            blocks.Add(new Block { Heading = "Versions", Facts = [.. run.Versions.Select(static v => new Fact(v.Name, v.Version))] });
            blocks.Add(new Block { Heading = "Recipe", Code = run.Recipe });
            if (run.Description is { } description)
            {
                blocks.Add(new Block { Heading = "Model description", Code = description });
            }
        }

        Fact[] metadata = [.. content.Model.Metadata.Entries.Select(static (MetadataEntry entry) => new Fact(entry.Name, entry.Json))];
        if (metadata.Length > 0)
        {
            blocks.Add(new Block { Heading = "Metadata of the model", Facts = metadata });
        }

        return new Section(
            "origin", "How it was made", [.. blocks.Where(static b => b.Code != "" || b.Facts.Count > 0 || b.Lines.Count > 0)]);
    }

    private static IEnumerable<Fact> Data(RunRecord run)
    {
        yield return new Fact("file", run.Data);
        if (run.Target is { } target)
        {
            yield return new Fact("target", target);
        }

        if (run.Rows is { } rows)
        {
            yield return new Fact("rows", FormattableString.Invariant(
                $"{rows.Training} to train, {rows.Validation} to validate, {rows.Test} to test"));
        }

        if (run.DataHash is { } hash)
        {
            yield return new Fact("SHA-256 of the content", hash.ToLowerInvariant());
        }

        yield return new Fact("seed", run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

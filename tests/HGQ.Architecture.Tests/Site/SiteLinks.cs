using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HGQ.Architecture.Tests.Site;

/// <summary>The links of a static site, as a browser resolves them: to files, and to places in them.</summary>
internal static partial class SiteLinks
{
    /// <summary>Links that lead nowhere, each with its page.</summary>
    /// <param name="folder">The folder of the site.</param>
    public static IReadOnlyList<string> Dead(string folder)
    {
        var pages = Directory.GetFiles(folder, "*.html", SearchOption.AllDirectories).ToDictionary(Path.GetFullPath, File.ReadAllText);
        var places = pages.ToDictionary(
            static page => page.Key, static page => Values(Place(), page.Value).ToHashSet(StringComparer.Ordinal));
        IEnumerable<(string Page, string Target)> links =
        [
            .. pages.SelectMany(static page => Values(Reference(), page.Value).Select(target => (page.Key, target))),
            .. Directory.GetFiles(folder, "toc.json", SearchOption.AllDirectories).SelectMany(Entries),
        ];
        return
        [
            .. from link in links.Distinct()
               where link.Target.Length > 0 && !Scheme().IsMatch(link.Target) && !link.Target.StartsWith("//", StringComparison.Ordinal)
               let cut = link.Target.Split('#', 2)
               let path = Uri.UnescapeDataString(cut[0].Split('?')[0])
               let file = path.Length == 0 ? link.Page : Path.GetFullPath(path, Path.GetDirectoryName(link.Page)!)
               where !File.Exists(file) || !Leads(places, file, cut.ElementAtOrDefault(1))
               orderby link
               select $"{Path.GetRelativePath(folder, link.Page)}: {link.Target}",
        ];
    }

    // A link to the top of a page needs no place.
    private static bool Leads(Dictionary<string, HashSet<string>> places, string file, string? place) =>
        string.IsNullOrEmpty(place) || place == "top" || !places.TryGetValue(file, out var found)
        || found.Contains(Uri.UnescapeDataString(place));

    // The table of contents, which a script turns into links.
    private static IEnumerable<(string Page, string Target)> Entries(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. Hrefs(document.RootElement).Select(href => (Path.GetFullPath(path), href))];
    }

    private static IEnumerable<string> Hrefs(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Hrefs),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member =>
            member.Name == "href" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Hrefs(member.Value)),
        _ => [],
    };

    private static IEnumerable<string> Values(Regex regex, string text) =>
        regex.Matches(text).Select(static match => WebUtility.HtmlDecode(match.Groups[1].Value));

    [GeneratedRegex("<[a-zA-Z][^<>]*?\\s(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("\\s(?:id|name)=\"([^\"]*)\"")]
    private static partial Regex Place();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace HGQ.Testing.Pages;

/// <summary>
/// A page in a real browser: headless Chromium opens it from disk, and a script that is put into a copy of it measures what is seen.
/// </summary>
public static partial class Browser
{
    /// <summary>The program; Debian's package of the same name has it.</summary>
    public const string Program = "chromium";

    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    /// <summary>Opens a page as it is and makes a picture of it.</summary>
    /// <param name="page">The file.</param>
    /// <param name="picture">Where the picture goes (PNG).</param>
    /// <param name="dark">Whether the reader prefers dark pages.</param>
    /// <returns>What the console of the browser said: errors, refused requests.</returns>
    public static async Task<IReadOnlyList<string>> ShowAsync(string page, string picture, bool dark)
    {
        ToolResult result = await RunAsync(page, dark, "--window-size=1160,2000", $"--screenshot={picture}");
        return [.. result.Error.Split('\n').Where(static line => line.Contains("CONSOLE", StringComparison.Ordinal))];
    }

    /// <summary>Prints a page.</summary>
    /// <param name="page">The file.</param>
    /// <param name="document">Where the document goes (PDF).</param>
    public static Task PrintAsync(string page, string document) =>
        RunAsync(page, dark: false, "--no-pdf-header-footer", $"--print-to-pdf={document}");

    /// <summary>Measures a page.</summary>
    /// <param name="page">The file, with the policy that forbids scripts; a copy without it lies beside it for a moment.</param>
    /// <param name="dark">Whether the reader prefers dark pages.</param>
    /// <param name="width">Width of the window in pixels.</param>
    public static async Task<PageMeasures> MeasureAsync(string page, bool dark, int width = 1160)
    {
        string text = await File.ReadAllTextAsync(page);
        Assert.Contains(Policy, text, StringComparison.Ordinal);
        string script = await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "HGQ.Testing", "Pages", "measure.js"));
        string copy = Path.ChangeExtension(page, $".{(dark ? "dark" : "light")}-{width}.html");
        await File.WriteAllTextAsync(copy, text.Replace(Policy, "", StringComparison.Ordinal)
            .Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal));
        ToolResult result = await RunAsync(copy, dark, FormattableString.Invariant($"--window-size={width},2000"), "--dump-dom");
        Match measures = Measures().Match(result.Output);
        Assert.True(measures.Success, result.ToString());
        string json = WebUtility.HtmlDecode(measures.Groups[1].Value);
        return JsonSerializer.Deserialize<PageMeasures>(json, JsonSerializerOptions.Web)!;
    }

    private static async Task<ToolResult> RunAsync(string page, bool dark, params string[] options)
    {
        using var profile = new TemporaryFolder();
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr", "--v=0",
            "--disable-dev-shm-usage", $"--user-data-dir={profile.Path}", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}",
            .. options, new Uri(Path.GetFullPath(page)).AbsoluteUri,
        ];
        ToolResult result = await ToolProcess.RunAsync(Program, arguments, profile.Path, TimeSpan.FromMinutes(2));
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    [GeneratedRegex("<script id=\"measures\" type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Measures();
}

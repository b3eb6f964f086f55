using System;
using System.Text;
using System.Text.Json;

namespace HGQ.Import.Containers;

/// <summary>JSON as Python writes it: with NaN and Infinity, which JSON does not have.</summary>
internal static class PythonJson
{
    private static readonly string[] NotNumbers = ["NaN", "-Infinity", "Infinity"];

    public static JsonElement Parse(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Plain(text), new JsonDocumentOptions { MaxDepth = 128 });
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new ImportException("", $"{path}: the description of the model is no JSON: {fault.Message}", fault);
        }
    }

    public static JsonElement Parse(byte[] bytes, string path) => Parse(Encoding.UTF8.GetString(bytes).TrimStart('\ufeff'), path);

    // Words outside of texts become null.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var inText = false;
        for (var n = 0; n < text.Length; n++)
        {
            string? word = inText ? null : Array.Find(NotNumbers, w => string.CompareOrdinal(text, n, w, 0, w.Length) == 0);
            if (word is not null)
            {
                plain.Append("null");
                n += word.Length - 1;
                continue;
            }

            plain.Append(text[n]);
            if (inText && text[n] == '\\' && n + 1 < text.Length)
            {
                n++;
                plain.Append(text[n]);
            }
            else if (text[n] == '"')
            {
                inText = !inText;
            }
        }

        return plain.ToString();
    }
}

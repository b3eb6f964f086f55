using System.Security.Cryptography;
using System.Text;

namespace HGQ.Generators;

/// <summary>Identifies a model file by its text.</summary>
public static class ModelHash
{
    /// <summary>
    /// SHA-256 of the text as UTF-8 in lower-case hexadecimal digits. Line ends count as <c>\n</c>, so that a checkout with
    /// other line ends gives the same hash.
    /// </summary>
    public static string Of(string text)
    {
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(new UTF8Encoding(false).GetBytes(text.Replace("\r\n", "\n")));
        var digits = new StringBuilder(hash.Length * 2);
        foreach (byte value in hash)
        {
            digits.Append("0123456789abcdef"[value >> 4]).Append("0123456789abcdef"[value & 15]);
        }

        return digits.ToString();
    }
}

using System;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>Decodes UTF-8 strictly: what is not UTF-8 is found, never replaced, so that two texts never become one.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The text, without a byte order mark.</summary>
    /// <param name="bytes">The bytes of a file.</param>
    /// <param name="text">The text; where the bytes are none, that before the first wrong byte.</param>
    /// <returns>Offset of the first wrong byte, or −1.</returns>
    public static int Decode(byte[] bytes, out string text)
    {
        int wrong = -1;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            wrong = Math.Max(0, fault.Index);
            text = Strict.GetString(bytes, 0, wrong);
        }

        text = text.Length > 0 && text[0] == ByteOrderMark ? text.Substring(1) : text;
        return wrong;
    }
}

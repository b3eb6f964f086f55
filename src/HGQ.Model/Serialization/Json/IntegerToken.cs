namespace HGQ.Model.Serialization.Json;

/// <summary>A JSON number read as an exact integer, without allocation.</summary>
internal readonly struct IntegerToken
{
    private IntegerToken(bool negative, ulong magnitude, bool isInteger, bool fits)
    {
        IsNegative = negative && magnitude != 0;
        Magnitude = magnitude;
        IsInteger = isInteger;
        Fits = fits;
    }

    public bool IsNegative { get; }

    public ulong Magnitude { get; }

    /// <summary>Whether the number has neither fraction nor exponent.</summary>
    public bool IsInteger { get; }

    /// <summary>Whether the magnitude fits 64 bits.</summary>
    public bool Fits { get; }

    /// <summary>Whether the number is an integer from −2^63 to 2^63 − 1.</summary>
    public bool IsSigned64 => IsInteger && Fits && Magnitude <= (IsNegative ? 1UL << 63 : long.MaxValue);

    /// <summary>The 64 bits of the number in two's complement.</summary>
    public long Bits => unchecked(IsNegative ? -(long)Magnitude : (long)Magnitude);

    /// <summary>Reads a valid JSON number and leaves the position behind it.</summary>
    public static IntegerToken Read(string text, ref int at)
    {
        bool negative = text[at] == '-';
        at += negative ? 1 : 0;
        ulong magnitude = 0;
        bool fits = true;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            var digit = (ulong)(text[at++] - '0');
            fits &= magnitude < ulong.MaxValue / 10 || magnitude <= (ulong.MaxValue - digit) / 10;
            magnitude = unchecked((magnitude * 10) + digit);
        }

        bool isInteger = true;
        while (at < text.Length && (text[at] is '.' or 'e' or 'E' or '+' or '-' || (uint)(text[at] - '0') <= 9))
        {
            isInteger = false;
            at++;
        }

        return new IntegerToken(negative, magnitude, isInteger, fits);
    }
}

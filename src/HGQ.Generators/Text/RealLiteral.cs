using System.Globalization;
using System.Text.RegularExpressions;

namespace HGQ.Generators.Text;

/// <summary>Decimal strings of a model file as C# literals of type double.</summary>
internal static class RealLiteral
{
    private static readonly Regex Decimal = new("^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant);

    /// <summary>The compiler reads the string itself, correctly rounded; other spellings are read here first.</summary>
    public static string Of(string text) => Decimal.IsMatch(text)
        ? text + "D"
        : Literal.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}

using System.Text;

namespace HGQ.Generators.Emission;

/// <summary>C# identifiers from names of models and layers.</summary>
internal static class Identifier
{
    /// <summary>The name's letters and digits, words capitalised: <c>dense_1</c> gives <c>Dense1</c>; never empty, never a digit first.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var capital = true;
        foreach (char c in name)
        {
            bool usable = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            if (usable)
            {
                text.Append(capital && c is >= 'a' and <= 'z' ? (char)(c - 32) : c);
            }

            capital = !usable;
        }

        return text.Length == 0 ? "Model" : text[0] <= '9' ? "Model" + text : text.ToString();
    }
}

using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>Writes how whole numbers become rows of bytes.</summary>
internal static class BytePacking
{
    /// <summary>
    /// Four vectors of whole numbers in 16 bits each, two by two in <paramref name="low"/> and <paramref name="high"/>, as one of bytes
    /// in order.
    /// </summary>
    public static string Pack(ByteRows rows, Machine machine, string low, string high)
    {
        string kind = rows.Signed ? "Signed" : "Unsigned";
        return machine.BytesInOrder($"{machine.Words}.Pack{kind}Saturate({low}, {high})");
    }
}

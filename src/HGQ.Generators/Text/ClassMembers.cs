using System;
using System.Linq;
using HGQ.Model.Naming;

namespace HGQ.Generators.Text;

/// <summary>
/// The members that generated classes declare, layers' methods left out: no class may have the name of one (CS0542).
/// <c>NameTests</c> compares the list with the members of compiled classes.
/// </summary>
internal static class ClassMembers
{
    private static readonly WordSet Plain = new(
        StringComparer.Ordinal,
        "Aligned Best BlockLanes BytesOfLane ClassNameList ClassNames Classify Ebops EncodeExactly FixedPointFormat Formats InputCodeSize InputFormats InputShape InputSize "
        + "IsFew LoadBlock ModelHash OutputFormats OutputShape OutputSize Predict PredictBatch PredictBlocks PredictFew PredictGroups PredictOnThreads PredictPart PredictRaw "
        + "Require Run RunSingle SamplesOfThread SingleBits SpreadSixes Squares StoreBlock Transpose TransposeSigned TransposeUnsigned");

    // With numbers behind them; there are Load512Int32FromInt16 and Run_512x4 as well.
    private static readonly WordSet Numbered = new(
        StringComparer.Ordinal,
        "AlignedTable BitRow CopyBitRows CopyByteRows CopyRows Encode EncodeBitRows EncodeByteRows EncodeRows Lookup MultiplyAddPairs PairRows Reals Run Table");

    /// <summary>Whether a generated class may have a member of this name.</summary>
    public static bool Contains(string name)
    {
        var letters = 0;
        while (letters < name.Length && name[letters] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            letters++;
        }

        string word = name.Substring(0, letters), rest = name.Substring(letters);
        bool endsWithDigit = rest.Length > 0 && rest[rest.Length - 1] is >= '0' and <= '9';
        return rest.Length == 0 ? Plain.Contains(word)
            : word is "Load" or "Store" ? endsWithDigit
            : word == "Run" && rest[0] == '_' || (rest.All(c => c is >= '0' and <= '9') && Numbered.Contains(word));
    }
}

using System;
using System.Collections.Generic;

namespace HGQ.Model.Serialization;

/// <summary>The words by which a file names the members of an enumeration.</summary>
internal sealed class WordList<T>
    where T : struct
{
    private readonly (string Word, T Value)[] _words;

    public WordList(params (string Word, T Value)[] words) => _words = words;

    public bool TryFind(string word, out T value)
    {
        foreach ((string candidate, T meaning) in _words)
        {
            if (string.Equals(candidate, word, StringComparison.Ordinal))
            {
                value = meaning;
                return true;
            }
        }

        value = _words[0].Value;
        return false;
    }

    public string WordFor(T value)
    {
        foreach ((string word, T meaning) in _words)
        {
            if (EqualityComparer<T>.Default.Equals(meaning, value))
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "The model file has no word for this value.");
    }

    /// <summary>All words, for a message.</summary>
    public override string ToString() => string.Join(", ", Array.ConvertAll(_words, entry => entry.Word));
}

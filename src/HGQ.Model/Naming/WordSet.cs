using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Naming;

/// <summary>Words that a language, a library or an emitter has taken, as data: lists in which a space parts the words.</summary>
public sealed class WordSet : IEnumerable<string>
{
    private readonly HashSet<string> _words;

    /// <summary>Collects words.</summary>
    /// <param name="comparer">Whether case counts: in C, C++, C# and Verilog it does, in VHDL and for file names it does not.</param>
    /// <param name="lists">Lists of words, parted by spaces.</param>
    public WordSet(StringComparer comparer, params string[] lists)
        : this(comparer, lists.SelectMany(list => list.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries)))
    {
    }

    private WordSet(StringComparer comparer, IEnumerable<string> words) => (Comparer, _words) = (comparer, new HashSet<string>(words, comparer));

    /// <summary>Whether case counts.</summary>
    public StringComparer Comparer { get; }

    /// <summary>The words of this set and further ones.</summary>
    public WordSet With(IEnumerable<string> words) => new(Comparer, _words.Concat(words));

    /// <summary>Whether a name is one of the words.</summary>
    public bool Contains(string name) => _words.Contains(name);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

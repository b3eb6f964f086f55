using System;
using System.Collections.Generic;
using HGQ.Model.Serialization.Json;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>The members of one object: what isn't asked for by the time of <see cref="RefuseRest"/> is unknown.</summary>
internal sealed class ModelMembers
{
    private readonly ModelValues _values;
    private readonly List<(string Name, int NameNode, bool Asked)> _members = new();
    private readonly List<string> _known = new();
    private readonly int _node;
    private readonly bool _isObject;

    public ModelMembers(ModelValues values, int node, string what)
    {
        _values = values;
        _node = node;
        _isObject = values.Is(node, JsonKind.Object, what);
        int name = node + 1;
        for (int member = 0; _isObject && member < values.Tape[node].Count; member++)
        {
            _members.Add((values.Tape.StringAt(name), name, false));
            name = values.Tape.Next(name + 1);
        }
    }

    public int Node => _node;

    /// <summary>Value node of a member that must be there; −1, and an error, if it isn't.</summary>
    public int Required(string name)
    {
        int value = Optional(name);
        if (value < 0 && _isObject)
        {
            _values.Error(ModelErrorCodes.MissingMember, _node, Invariant($"the member \"{name}\" is missing in this object"));
        }

        return value;
    }

    /// <summary>Value node of a member, or −1.</summary>
    public int Optional(string name)
    {
        _known.Add(name);
        for (int n = 0; n < _members.Count; n++)
        {
            if (string.Equals(_members[n].Name, name, StringComparison.Ordinal))
            {
                _members[n] = (name, _members[n].NameNode, true);
                return _members[n].NameNode + 1;
            }
        }

        return -1;
    }

    /// <summary>Reports members that nobody asked for: a typing error must not pass.</summary>
    public void RefuseRest()
    {
        foreach ((string _, int nameNode, bool asked) in _members)
        {
            if (!asked)
            {
                string known = string.Join(", ", _known);
                _values.Error(ModelErrorCodes.UnknownMember, nameNode, Invariant($"unknown member {_values.Quote(nameNode)}; known here: {known}"));
            }
        }
    }

    /// <summary>Members that nobody asked for, in file order.</summary>
    public IEnumerable<(string Name, int Value)> Rest()
    {
        foreach ((string name, int nameNode, bool asked) in _members)
        {
            if (!asked)
            {
                yield return (name, nameNode + 1);
            }
        }
    }
}

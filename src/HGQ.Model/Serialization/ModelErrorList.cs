using System.Collections.Generic;
using HGQ.Model.Serialization.Json;

namespace HGQ.Model.Serialization;

/// <summary>Collects what is wrong with a file, so that one reading reports more than the first mistake.</summary>
internal sealed class ModelErrorList
{
    private const int Most = 50;

    private readonly List<ModelError> _errors = new();
    private readonly string _text;

    public ModelErrorList(string text) => _text = text;

    public int Count => _errors.Count;

    /// <summary>Notes an error; ends the reading when there are too many to be of use.</summary>
    public void Add(string code, int offset, string message)
    {
        (int line, int column) = TextPosition.Of(_text, offset);
        _errors.Add(new ModelError(code, message, line, column));
        if (_errors.Count == Most)
        {
            ThrowIfAny();
        }
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new ModelFormatException(_errors.ToArray());
        }
    }
}

namespace HGQ.Model.Serialization.Json;

/// <summary>A JSON value on the tape. An object's children are its names and values in turn.</summary>
internal struct JsonNode
{
    /// <summary>What the value is.</summary>
    public JsonKind Kind;

    /// <summary>Offset of its first character.</summary>
    public int Start;

    /// <summary>Offset behind its last character.</summary>
    public int End;

    /// <summary>Node behind it and all its children.</summary>
    public int Next;

    /// <summary>Elements of an array, members of an object.</summary>
    public int Count;

    /// <summary>Elements of an array that are numbers; these have no nodes of their own.</summary>
    public int Numbers;
}

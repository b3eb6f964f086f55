namespace HGQ.HlsEmit.Layout;

/// <summary>Where a kernel writes its results.</summary>
internal interface IKernelTarget
{
    /// <summary>Whether an element is a wire.</summary>
    bool HasWire(int element);

    /// <summary>Type of an element's wire.</summary>
    WireType Type(int element);

    /// <summary>The element as the target of an assignment.</summary>
    string Target(int element);

    /// <summary>The element that it is in the program.</summary>
    BufferPlace Place(int element);
}

namespace HGQ.Model.Graph;

/// <summary>Codes of what can be wrong with a graph; the model file's own codes stand in the serialization folder.</summary>
public static class GraphErrorCodes
{
    /// <summary>Two layers or two outputs have the same name.</summary>
    public const string DuplicateName = "HGQ0030";

    /// <summary>A layer reads a layer that does not exist, or stands after it (a cycle).</summary>
    public const string MissingInput = "HGQ0031";

    /// <summary>Shapes do not fit.</summary>
    public const string ShapeMismatch = "HGQ0032";

    /// <summary>Formats do not fit.</summary>
    public const string FormatMismatch = "HGQ0033";

    /// <summary>A constant lies outside its format.</summary>
    public const string ValueOutsideFormat = "HGQ0034";

    /// <summary>A value needs more than 64 bits.</summary>
    public const string WidthAbove64 = "HGQ0035";

    /// <summary>A real input is read by something other than a quantizer.</summary>
    public const string InputNotQuantized = "HGQ0036";

    /// <summary>An overflow mode that no back end implements.</summary>
    public const string UnsupportedOverflow = "HGQ0037";

    /// <summary>An average that is not exact.</summary>
    public const string InexactAverage = "HGQ0038";

    /// <summary>An option of a layer is out of range.</summary>
    public const string InvalidOption = "HGQ0039";

    /// <summary>The graph has no input, no output or no layer.</summary>
    public const string Incomplete = "HGQ0040";
}

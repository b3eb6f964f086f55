using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>Every code that reading a model file can answer; docs/model-errors.md explains them to users.</summary>
public static class ModelErrorCodes
{
    /// <summary>The file can't be opened or read.</summary>
    public const string UnreadableFile = "HGQ0001";

    /// <summary>The text is no valid UTF-8 or UTF-16.</summary>
    public const string InvalidEncoding = "HGQ0002";

    /// <summary>The text is no JSON.</summary>
    public const string InvalidJson = "HGQ0003";

    /// <summary>The text ends too early.</summary>
    public const string Truncated = "HGQ0004";

    /// <summary>Brackets are nested too deeply.</summary>
    public const string NestedTooDeeply = "HGQ0005";

    /// <summary>An object has a member twice.</summary>
    public const string DuplicateMember = "HGQ0006";

    /// <summary>An object has a member that the format doesn't know.</summary>
    public const string UnknownMember = "HGQ0007";

    /// <summary>An object lacks a member.</summary>
    public const string MissingMember = "HGQ0008";

    /// <summary>A value is of another JSON type.</summary>
    public const string WrongType = "HGQ0009";

    /// <summary>A number has a fraction or an exponent.</summary>
    public const string NotAnInteger = "HGQ0010";

    /// <summary>An integer is outside its limits.</summary>
    public const string IntegerOutOfRange = "HGQ0011";

    /// <summary>The file is JSON but no HGQ model.</summary>
    public const string NotAModel = "HGQ0012";

    /// <summary>The file is of another version.</summary>
    public const string UnsupportedVersion = "HGQ0013";

    /// <summary>A word isn't one of a fixed list.</summary>
    public const string UnknownWord = "HGQ0014";

    /// <summary>Numbers don't have the shape that is stated.</summary>
    public const string WrongShape = "HGQ0015";

    /// <summary>A layer reads more or fewer tensors than its kind does.</summary>
    public const string WrongInputCount = "HGQ0016";

    /// <summary>A preprocessing step can't be applied.</summary>
    public const string InvalidPreprocessing = "HGQ0017";

    /// <summary>The model is larger than any that is supported.</summary>
    public const string TooLarge = "HGQ0018";

    /// <summary>All codes with title and explanation, in ascending order.</summary>
    public static EquatableArray<ModelErrorDescriptor> All { get; } = new ModelErrorDescriptor[]
    {
        new(UnreadableFile, "Model file can't be read", "The file doesn't exist, is no file, or may not be read by this user."),
        new(InvalidEncoding, "Model file is no valid text", "Model files are UTF-8; a byte sequence or a surrogate without its partner isn't. Save the file as UTF-8."),
        new(InvalidJson, "Model file is no valid JSON", "A character stands where JSON doesn't allow it. Comments and trailing commas aren't JSON."),
        new(Truncated, "Model file ends too early", "The text ends inside a value, as after an interrupted copy. Export or copy the model again."),
        new(NestedTooDeeply, "Brackets are nested too deeply", "Models need few levels; the reader accepts 64."),
        new(DuplicateMember, "Member stands twice", "An object names the same member twice, so that one of the two values would be lost. Remove one."),
        new(UnknownMember, "Member is unknown", "The format has no such member here. It is a typing error, or the file comes from a newer version of the tools."),
        new(MissingMember, "Member is missing", "A member that the format requires is absent."),
        new(WrongType, "Value has the wrong type", "For example a string where a number or an array is expected."),
        new(NotAnInteger, "Number is no integer", "Everything that affects results is an integer, written without fraction and exponent."),
        new(IntegerOutOfRange, "Integer is out of range", "An integer is outside the limits of what it stands for, or doesn't fit 64 bits."),
        new(NotAModel, "File is no HGQ model", "The member \"format\" must be \"hgq-model\"."),
        new(UnsupportedVersion, "Model version isn't supported", "The member \"version\" must be 1. Newer files need newer tools."),
        new(UnknownWord, "Word is unknown", "A kind of layer, a rounding, an overflow mode or another word isn't in the list of those that exist."),
        new(WrongShape, "Numbers don't have the stated shape", "Nested arrays must have the sizes that \"shape\" states, or, for k, i and f, be broadcastable to it."),
        new(WrongInputCount, "Layer has the wrong number of inputs", "Each kind of layer reads a fixed number of tensors, or at least one."),
        new(InvalidPreprocessing, "Preprocessing can't be applied", "A standardisation names no input of the model, has another number of features, or a mean or scale that is no finite number; a scale may not be 0."),
        new(TooLarge, "Model is too large", "The file has more than 256 MiB, more than 4,194,304 JSON values outside number arrays, or tensors of more than 16,777,216 elements in all."),
        new(GraphErrorCodes.DuplicateName, "Name is used twice", "Layers have unique names, and so have outputs."),
        new(GraphErrorCodes.MissingInput, "Tensor doesn't exist", "A layer or an output names a layer that doesn't exist or stands after the one that reads it. Layers stand in topological order; a cycle is impossible."),
        new(GraphErrorCodes.ShapeMismatch, "Shapes don't fit", "The shapes of a layer's inputs, constants and formats contradict each other."),
        new(GraphErrorCodes.FormatMismatch, "Formats don't fit", "The formats of a layer's inputs and constants contradict each other."),
        new(GraphErrorCodes.ValueOutsideFormat, "Constant is outside its format", "A raw weight, bias or table entry is outside −k·2^(i+f) … 2^(i+f) − 1 of its format."),
        new(GraphErrorCodes.WidthAbove64, "Width is above 64 bits", "A format, or an exact intermediate result, needs more than 64 bits. Use fewer bits."),
        new(GraphErrorCodes.InputNotQuantized, "Input isn't quantized", "A real input may be read by quantize layers only."),
        new(GraphErrorCodes.UnsupportedOverflow, "Overflow mode isn't supported", "WrapSignMagnitude can be read, but no back end implements it. Use Wrap, Saturate, SaturateSymmetric or SaturateToZero."),
        new(GraphErrorCodes.InexactAverage, "Average isn't exact", "An average over a window that is no power of two isn't exact for the range of its input."),
        new(GraphErrorCodes.InvalidOption, "Option is out of range", "An axis, stride, slope or similar option of a layer has a value that makes no sense there."),
        new(GraphErrorCodes.Incomplete, "Model is incomplete", "A model needs at least one input and one output."),
    };
}

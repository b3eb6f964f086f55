using System;
using HGQ.Model.Serialization.Json;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Typed access to the values of a model file; a mistake is noted and answered with a stand-in, so that reading goes on.</summary>
/// <remarks>Node −1 stands for a member that is missing and reported already.</remarks>
internal sealed class ModelValues
{
    public ModelValues(JsonTape tape, ModelErrorList errors)
    {
        Tape = tape;
        Errors = errors;
    }

    public JsonTape Tape { get; }

    public ModelErrorList Errors { get; }

    public string String(int node)
    {
        if (!Is(node, JsonKind.String, "a string"))
        {
            return string.Empty;
        }

        return Tape.StringAt(node);
    }

    /// <summary>A string that may not be empty.</summary>
    public string Name(int node)
    {
        string name = String(node);
        if (name.Length == 0 && node >= 0 && Tape.KindOf(node) == JsonKind.String)
        {
            Error(ModelErrorCodes.WrongType, node, "a name may not be empty");
        }

        return name;
    }

    public bool Boolean(int node)
    {
        if (node >= 0 && Tape.KindOf(node) != JsonKind.True && Tape.KindOf(node) != JsonKind.False)
        {
            WrongType(node, "true or false");
        }

        return node >= 0 && Tape.KindOf(node) == JsonKind.True;
    }

    public int Integer(int node, int min, int max) => (int)LongInteger(node, min, max);

    public long LongInteger(int node, long min, long max)
    {
        if (!Is(node, JsonKind.Number, "an integer"))
        {
            return Math.Max(min, 0);
        }

        int at = Tape[node].Start;
        return Limit(IntegerToken.Read(Tape.Text, ref at), Tape[node].Start, at, min, max);
    }

    /// <summary>A flat array of integers.</summary>
    public int[] Integers(int node, int min, int max)
    {
        if (!IsArrayOfNumbers(node))
        {
            return Array.Empty<int>();
        }

        var integers = new int[Tape[node].Count];
        int at = Tape[node].Start + 1;
        for (int n = 0; n < integers.Length; n++)
        {
            int start = SkipToNumber(at);
            at = start;
            integers[n] = (int)Limit(IntegerToken.Read(Tape.Text, ref at), start, at, min, max);
        }

        return integers;
    }

    public T Word<T>(int node, WordList<T> words)
        where T : struct
    {
        string word = String(node);
        if (words.TryFind(word, out T value) || node < 0 || Tape.KindOf(node) != JsonKind.String)
        {
            return value;
        }

        Error(ModelErrorCodes.UnknownWord, node, Invariant($"{Quote(node)} is unknown; expected {words}"));
        return value;
    }

    /// <summary>The nodes of an array that holds no numbers.</summary>
    public int[] Elements(int node, string expected)
    {
        if (!Is(node, JsonKind.Array, "an array of " + expected))
        {
            return Array.Empty<int>();
        }

        JsonNode array = Tape[node];
        if (array.Numbers > 0)
        {
            Error(ModelErrorCodes.WrongType, node, Invariant($"a number found in an array of {expected}"));
            return Array.Empty<int>();
        }

        var elements = new int[array.Count];
        int element = node + 1;
        for (int n = 0; n < elements.Length; n++)
        {
            elements[n] = element;
            element = Tape.Next(element);
        }

        return elements;
    }

    public bool Is(int node, JsonKind kind, string expected)
    {
        if (node < 0 || Tape.KindOf(node) == kind)
        {
            return node >= 0;
        }

        WrongType(node, expected);
        return false;
    }

    /// <summary>Checks an array's elements to be numbers, none of them anything else.</summary>
    public bool IsArrayOfNumbers(int node)
    {
        if (!Is(node, JsonKind.Array, "an array of integers"))
        {
            return false;
        }

        if (Tape[node].Numbers != Tape[node].Count)
        {
            WrongType(node + 1, "an integer");
            return false;
        }

        return true;
    }

    /// <summary>Offset of the next number of an array that holds only numbers.</summary>
    public int SkipToNumber(int at)
    {
        string text = Tape.Text;
        while (text[at] is ',' or ' ' or '\n' or '\r' or '\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Checks an integer against its limits; answers 0, or the lower limit above 0, where it is outside.</summary>
    public long Limit(IntegerToken token, int start, int end, long min, long max)
    {
        if (token.IsSigned64 && token.Bits >= min && token.Bits <= max)
        {
            return token.Bits;
        }

        if (!token.IsInteger)
        {
            NotAnInteger(start, end);
        }
        else
        {
            Errors.Add(
                ModelErrorCodes.IntegerOutOfRange, start, Invariant($"{Tape.Quote(start, end)} is out of range; expected {min} to {max}"));
        }

        return Math.Max(min, 0);
    }

    public void NotAnInteger(int start, int end) => Errors.Add(
        ModelErrorCodes.NotAnInteger,
        start,
        Invariant($"{Tape.Quote(start, end)} is no integer; integers are written without fraction and exponent"));

    public void Error(string code, int node, string message) => Errors.Add(code, Tape[node].Start, message);

    public string Quote(int node) => Tape.Quote(Tape[node].Start, Tape[node].End);

    private void WrongType(int node, string expected) =>
        Error(ModelErrorCodes.WrongType, node, Invariant($"{Describe(Tape.KindOf(node))} found; {expected} is expected"));

    private static string Describe(JsonKind kind) => kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        JsonKind.String => "a string",
        JsonKind.Number => "a number",
        JsonKind.True => "true",
        JsonKind.False => "false",
        JsonKind.Null => "null",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };
}

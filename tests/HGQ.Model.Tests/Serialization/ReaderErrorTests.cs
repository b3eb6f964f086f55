using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Model.Tests.Serialization;

/// <summary>One mistake at a time in a small model: code and position. § marks where the error must point.</summary>
public sealed class ReaderErrorTests
{
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { ModelErrorCodes.InvalidJson, "\"version\": 1", "\"version\": §x" },
        { ModelErrorCodes.InvalidJson, "\"version\": 1", "\"version\": 0§1" },
        { ModelErrorCodes.InvalidJson, "\"version\": 1", "\"version\": 1.§," },
        { ModelErrorCodes.InvalidJson, "\"version\": 1,", "\"version\": 1,§," },
        { ModelErrorCodes.InvalidJson, "\"version\": 1", "\"version\" §1" },
        { ModelErrorCodes.InvalidJson, "[3,4]", "[3,4§;5]" },
        { ModelErrorCodes.InvalidJson, "[3,4]", "[3,§]" },
        { ModelErrorCodes.InvalidJson, "\"small\"", "\"sm\\§all\"" },
        { ModelErrorCodes.InvalidJson, "\"small\"", "\"sm\\u12§g4\"" },
        { ModelErrorCodes.InvalidJson, "\"small\"", "\"sm§\nall\"" },
        { ModelErrorCodes.InvalidJson, "{}", "{} §// comment\n" },
        { ModelErrorCodes.InvalidEncoding, "\"small\"", "\"sm§\\ud800\"" },
        { ModelErrorCodes.InvalidEncoding, "\"small\"", "\"sm§\\udc00\\ud800\"" },
        { ModelErrorCodes.DuplicateMember, "\"kind\": \"input\"", "\"kind\": \"input\", §\"kind\": \"input\"" },
        { ModelErrorCodes.DuplicateMember, "{}", "{\"a\": 1, §\"\\u0061\": 2}" },
        { ModelErrorCodes.UnknownMember, "\"activation\": \"relu\"", "\"activation\": \"relu\", §\"activatoin\": \"relu\"" },
        { ModelErrorCodes.UnknownMember, "\"name\": \"small\",", "\"name\": \"small\", §\"title\": 1," },
        { ModelErrorCodes.UnknownMember, "\"overflow\": \"Wrap\"", "\"overflow\": \"Wrap\", §\"b\": 1" },
        { ModelErrorCodes.MissingMember, "§{\n      \"name\": \"y\",", "§{" },
        { ModelErrorCodes.MissingMember, "\"kernel\": {\n        \"shape\": [2,2],", "\"kernel\": §{" },
        { ModelErrorCodes.WrongType, "\"small\"", "§3" },
        { ModelErrorCodes.WrongType, "\"small\"", "§\"\"" },
        { ModelErrorCodes.WrongType, "[1,-2]", "7" },
        { ModelErrorCodes.WrongType, "[3,4]", "[3,§\"4\"]" },
        { ModelErrorCodes.WrongType, "\"inputs\": [\"q\"]", "\"inputs\": §\"q\"" },
        { ModelErrorCodes.WrongType, "\"inputs\": [\"q\"]", "\"inputs\": §[1,\"q\"]" },
        { ModelErrorCodes.WrongType, "\"k\": 1,\n        \"i\": 1", "\"k\": §true,\n        \"i\": 1" },
        { ModelErrorCodes.WrongType, "\"f\": 2", "\"f\": §null" },
        { ModelErrorCodes.NotAnInteger, "[3,4]", "[3,§4.0]" },
        { ModelErrorCodes.NotAnInteger, "[3,4]", "[3,§4e2]" },
        { ModelErrorCodes.NotAnInteger, "\"f\": 2", "\"f\": §2.5" },
        { ModelErrorCodes.NotAnInteger, "\"i\": [2,3]", "\"i\": [2,§3e0]" },
        { ModelErrorCodes.IntegerOutOfRange, "\"f\": 2", "\"f\": §20000" },
        { ModelErrorCodes.IntegerOutOfRange, "\"f\": 2", "\"f\": §-99999999999999999999999999" },
        { ModelErrorCodes.IntegerOutOfRange, "\"k\": 1,\n        \"i\": 1", "\"k\": §2,\n        \"i\": 1" },
        { ModelErrorCodes.IntegerOutOfRange, "\"shape\": [2]\n    }", "\"shape\": [§0]\n    }" },
        { ModelErrorCodes.IntegerOutOfRange, "\"shape\": [2]\n    }", "\"shape\": [§4294967296]\n    }" },
        { ModelErrorCodes.NotAModel, "\"hgq-model\"", "§\"onnx\"" },
        { ModelErrorCodes.NotAModel, "{\n  \"format\": \"hgq-model\",", "§{" },
        { ModelErrorCodes.UnsupportedVersion, "\"version\": 1", "\"version\": §2" },
        { ModelErrorCodes.UnknownWord, "\"dense\"", "§\"Dense\"" },
        { ModelErrorCodes.UnknownWord, "\"relu\"", "§\"gelu\"" },
        { ModelErrorCodes.UnknownWord, "\"RoundHalfUp\"", "§\"RND\"" },
        { ModelErrorCodes.UnknownWord, "\"Wrap\"", "§\"wrap\"" },
        { ModelErrorCodes.WrongShape, "[3,4]", "§[3,4,5]" },
        { ModelErrorCodes.WrongShape, "[3,4]", "[3,4], [5,6]" },
        { ModelErrorCodes.WrongShape, "\"i\": [2,3]", "\"i\": §[2,3,4]" },
        { ModelErrorCodes.WrongShape, "\"i\": 1", "\"i\": [[1,2],§[1]]" },
        { ModelErrorCodes.WrongInputCount, "\"inputs\": [\"q\"]", "\"inputs\": §[]" },
        { ModelErrorCodes.WrongInputCount, "\"inputs\": [\"q\"]", "\"inputs\": §[\"q\",\"q\"]" },
        { ModelErrorCodes.InvalidPreprocessing, "{}", Preprocessing("§\"normalize\"", "\"x\"", "\"1\",\"2\"", "\"3\",\"4\"") },
        { ModelErrorCodes.InvalidPreprocessing, "{}", Preprocessing("\"standardize\"", "§\"q\"", "\"1\",\"2\"", "\"3\",\"4\"") },
        { ModelErrorCodes.InvalidPreprocessing, "{}", Preprocessing("\"standardize\"", "\"x\"", "§\"1,5\",\"2\"", "\"3\",\"4\"") },
        { ModelErrorCodes.InvalidPreprocessing, "{}", Preprocessing("\"standardize\"", "\"x\"", "\"1\",§\"NaN\"", "\"3\",\"4\"") },
        { ModelErrorCodes.InvalidPreprocessing, "{}", Preprocessing("\"standardize\"", "\"x\"", "\"1\",\"2\"", "\"3\",§\"0.0\"") },
        { ModelErrorCodes.TooLarge, "\"shape\": [2]\n    }", "\"shape\": §[16777216,2]\n    }" },
        { ModelErrorCodes.TooLarge, "\"shape\": [2]\n    }", "\"shape\": §[1,1,1,1,1,1,1,1,2]\n    }" },
        { GraphErrorCodes.DuplicateName, "\"name\": \"d\"", "\"name\": §\"q\"" },
        { GraphErrorCodes.DuplicateName, "\"layer\": \"d\"", "\"layer\": \"d\"}, {\"name\": §\"y\", \"layer\": \"q\"" },
        { GraphErrorCodes.MissingInput, "\"inputs\": [\"q\"]", "\"inputs\": [§\"r\"]" },
        { GraphErrorCodes.MissingInput, "\"inputs\": [\"x\"]", "\"inputs\": [§\"d\"]" },
        { GraphErrorCodes.MissingInput, "\"inputs\": [\"q\"]", "\"inputs\": [§\"d\"]" },
        { GraphErrorCodes.MissingInput, "\"layer\": \"d\"", "\"layer\": §\"D\"" },
        { GraphErrorCodes.ShapeMismatch, "{\n      \"name\": \"q\"", "§{\n      \"name\": \"q\"" },
        { GraphErrorCodes.ValueOutsideFormat, "[1,-2]", "[1,§-9]" },
        { GraphErrorCodes.ValueOutsideFormat, "[3,4]", "[3,§8]" },
        { GraphErrorCodes.ValueOutsideFormat, "[3,4]", "[3,§99999999999999999999]" },
        { GraphErrorCodes.WidthAbove64, "\"kernel\": {", "\"kernel\": §{" },
        { GraphErrorCodes.InvalidOption, "{}", "{}" },
        { GraphErrorCodes.Incomplete, "[\n    {\n      \"name\": \"y\",\n      \"layer\": \"d\"\n    }\n  ]", "[]" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_where_it_stands(string code, string part, string replacement)
    {
        string marked = Break(code, part, replacement);
        int at = marked.IndexOf('§', StringComparison.Ordinal);
        string text = marked.Replace("§", "", StringComparison.Ordinal);
        ModelError error = Assert.Throws<ModelFormatException>(() => ModelReader.Read(text)).Errors[0];
        Assert.True(code == error.Code, $"expected {code}, found {error}");
        if (at >= 0)
        {
            string before = marked[..at];
            Assert.Equal((before.Count(c => c == '\n') + 1, at - before.LastIndexOf('\n')), (error.Line, error.Column));
        }
    }

    /// <summary>The small model with a mistake, without the mark of its place.</summary>
    internal static string Damaged(string code, string part, string replacement) =>
        Break(code, part, replacement).Replace("§", "", StringComparison.Ordinal);

    private static string Preprocessing(string kind, string input, string mean, string scale) =>
        $$"""{"preprocessing": [{"kind": {{kind}}, "input": {{input}}, "mean": [{{mean}}], "scale": [{{scale}}]}]}""";

    // Most mistakes are one replaced part; a few need the model to be changed in a second place.
    private static string Break(string code, string part, string replacement)
    {
        string marked = SmallModel.With(part.Replace("§", "", StringComparison.Ordinal), replacement);
        return code switch
        {
            GraphErrorCodes.ShapeMismatch => marked.Replace("\"shape\": [2],\n        \"k\"", "\"shape\": [1,2],\n        \"k\"", StringComparison.Ordinal),
            GraphErrorCodes.WidthAbove64 => marked.Replace("\"i\": 1,", "\"i\": 62,", StringComparison.Ordinal),
            GraphErrorCodes.InvalidOption => marked.Replace(
                "\"layers\": [", "\"layers\": [{\"name\": \"w\", \"kind\": \"input\", \"shape\": [3]}, §{\"name\": \"p\", \"kind\": \"permute\", \"inputs\": [\"w\"], \"axes\": [3]},", StringComparison.Ordinal),
            _ => marked,
        };
    }

    // Not in the list above: the test runner can't pass on half a surrogate pair.
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    public void Half_a_surrogate_pair_is_named_where_it_stands(int unit)
    {
        string text = SmallModel.With("\"small\"", "\"sm" + (char)unit + "all\"");
        ModelError error = Assert.Throws<ModelFormatException>(() => ModelReader.Read(text)).Errors[0];
        Assert.Equal((ModelErrorCodes.InvalidEncoding, 4, 14), (error.Code, error.Line, error.Column));
    }

    [Fact]
    public void Several_mistakes_are_told_at_once()
    {
        string text = SmallModel.With("\"relu\"", "\"gelu\"").Replace("[3,4]", "[3,9]", StringComparison.Ordinal)
            .Replace("\"overflow\": \"Wrap\"", "\"overflow\": \"Wrap\", \"x\": 1", StringComparison.Ordinal);
        var fault = Assert.Throws<ModelFormatException>(() => ModelReader.Read(text));
        Assert.Equal(
            [ModelErrorCodes.UnknownMember, GraphErrorCodes.ValueOutsideFormat, ModelErrorCodes.UnknownWord],
            fault.Errors.Select(error => error.Code));
        Assert.Contains("(and 2 more)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        string text = SmallModel.With("[1,-2]", "[1,-9]");
        ModelError error = Assert.Throws<ModelFormatException>(() => ModelReader.Read(text)).Errors[0];
        Assert.Equal("(35,14): HGQ0034: -9 is outside its format s<1,2>, which holds -8 to 7", error.ToString());
    }

    [Fact]
    public void Invalid_bytes_are_named_where_they_stand()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(SmallModel.With("\"small\"", "\"é#\""));
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        ModelError error = Assert.Throws<ModelFormatException>(() => ModelReader.Read(bytes)).Errors[0];
        Assert.Equal((ModelErrorCodes.InvalidEncoding, 4, 13), (error.Code, error.Line, error.Column));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_model_error()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-model.hgq.json");
        Assert.Equal(ModelErrorCodes.UnreadableFile, Assert.Throws<ModelFormatException>(() => ModelReader.ReadFile(path)).Errors[0].Code);
        Assert.Equal(
            ModelErrorCodes.UnreadableFile, Assert.Throws<ModelFormatException>(() => ModelReader.ReadFile(Path.GetTempPath())).Errors[0].Code);
    }

    [Fact]
    public void Every_code_of_the_reader_has_a_mistake_that_leads_to_it()
    {
        // Told by other tests, or by the lowering.
        string[] elsewhere =
        [
            ModelErrorCodes.UnreadableFile, ModelErrorCodes.Truncated, ModelErrorCodes.NestedTooDeeply,
            GraphErrorCodes.FormatMismatch, GraphErrorCodes.InputNotQuantized, GraphErrorCodes.UnsupportedOverflow, GraphErrorCodes.InexactAverage,
        ];
        IEnumerable<string> tested = Mistakes.Select(row => (string)row[0]);
        Assert.Equal(ModelErrorCodes.All.Select(entry => entry.Id).Except(elsewhere), tested.Distinct().Order(StringComparer.Ordinal));
    }
}

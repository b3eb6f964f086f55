using System;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Model.Tests.Serialization;

/// <summary>Damaged and malicious files: only typed errors with positions, in bounded time and memory.</summary>
public sealed class HostileFileTests
{
    private static readonly string[] NastyTokens =
    [
        "0", "-1", "1", "2", "64", "65", "1100", "16777216", "16777217", "2147483648", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "99999999999999999999999", "1.5", "1e9", "null", "true", "false", "{}", "[]", "[1]", "[[1]]", "\"\"", "\"x\"",
        "\"relu\"", "\"dense\"", "\"l1\"", "\"max\"", "\"same\"", "[16777216,16777216]", "[0]",
    ];

    [Fact]
    public void A_file_cut_at_any_byte_is_an_error_at_its_end()
    {
        byte[] whole = Encoding.UTF8.GetBytes(SmallModel.With("\"small\"", "\"smäll ✓ \U0001F600\""));
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            ModelError error = Assert.Throws<ModelFormatException>(() => ModelReader.Read(cut)).Errors[0];
            Assert.True(error.Code is ModelErrorCodes.Truncated or ModelErrorCodes.InvalidEncoding, $"at {length}: {error}");
            string text = Encoding.UTF8.GetString(cut);
            Assert.Equal(text.Count(c => c == '\n') + 1, error.Line);
        }
    }

    [Fact]
    public void Mutated_bytes_give_a_model_or_a_typed_error() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int).Holds(
            (model, seed) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(ModelWriter.Write(RandomGraph.Create(model)));
                var random = new Random(seed);
                for (int n = random.Next(1, 4); n > 0; n--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : "{}[],:\"-0123456789eE.\\ "[random.Next(23)]);
                }

                return IsModelOrTypedError(() => ModelReader.Read(bytes), Encoding.UTF8.GetString(bytes));
            },
            iter: 4_000);

    [Fact]
    public void Exchanged_tokens_give_a_model_or_a_typed_error() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int).Holds(
            (model, seed) =>
            {
                string text = ModelWriter.Write(RandomGraph.Create(model));
                var random = new Random(seed);
                for (int n = random.Next(1, 3); n > 0; n--)
                {
                    text = ExchangeToken(text, random);
                }

                return IsModelOrTypedError(() => ModelReader.Read(text), text);
            },
            iter: 6_000);

    [Fact]
    public void What_can_be_read_is_lowered_or_refused_by_name() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int).Holds(
            (model, seed) =>
            {
                string text = ExchangeToken(ModelWriter.Write(RandomGraph.Create(model)), new Random(seed));
                try
                {
                    Lowerer.Lower(ModelReader.Read(text));
                }
                catch (Exception fault) when (fault is ModelFormatException or ModelGraphException)
                {
                    return fault.Message.Contains("HGQ00", StringComparison.Ordinal);
                }

                return true;
            },
            iter: 2_000);

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[[{\"a\":[")]
    public void A_hundred_megabytes_of_brackets_are_refused_at_once(string bracket)
    {
        string text = Repeated(bracket, (100 << 20) / bracket.Length);
        Assert.Equal(ModelErrorCodes.NestedTooDeeply, RefusedCheaply(text, maxMegabytes: 1));
    }

    [Theory]
    [InlineData("[],")]
    [InlineData("{},")]
    [InlineData("\"\",")]
    public void Millions_of_values_are_refused_within_bounded_memory(string value)
    {
        string text = "[" + Repeated(value, 5_000_000) + "0]";
        Assert.Equal(ModelErrorCodes.TooLarge, RefusedCheaply(text, maxMegabytes: 260));
    }

    [Fact]
    public void Numbers_of_a_million_digits_are_out_of_range()
    {
        string digits = new('9', 1_000_000);
        Assert.Equal(GraphErrorCodes.ValueOutsideFormat, RefusedCheaply(SmallModel.With("[3,4]", $"[3,-{digits}]"), 1));
        Assert.Equal(ModelErrorCodes.IntegerOutOfRange, RefusedCheaply(SmallModel.With("\"f\": 2", $"\"f\": {digits}"), 1));
        Assert.Equal(ModelErrorCodes.NotAnInteger, RefusedCheaply(SmallModel.With("\"f\": 2", $"\"f\": 0.{digits}"), 1));
    }

    [Fact]
    public void Shapes_are_checked_before_anything_of_their_size_is_allocated()
    {
        Assert.Equal(ModelErrorCodes.TooLarge, RefusedCheaply(SmallModel.With("[2,2]", "[16777216,16777216]"), 1));
        Assert.Equal(ModelErrorCodes.TooLarge, RefusedCheaply(SmallModel.With("[2,2]", "[65536,65536]"), 1));
        string jagged = "[[" + string.Join(",", Enumerable.Repeat("1", 100_000)) + "]" + Repeated(",[]", 100_000) + "]";
        Assert.Equal(ModelErrorCodes.WrongShape, RefusedCheaply(SmallModel.With("\"i\": 1", "\"i\": " + jagged), 32));
    }

    [Fact]
    public void Many_members_and_many_mistakes_take_linear_time()
    {
        string members = string.Join(",", Enumerable.Range(0, 200_000).Select(n => $"\"m{n}\":{{\"a\":1,\"b\":2}}"));
        Assert.Equal(ModelErrorCodes.UnknownMember, RefusedCheaply(SmallModel.With("\"version\": 1", "\"version\": 1," + members), 160));
        string outputs = string.Join(",", Enumerable.Range(0, 200_000).Select(n => $"{{\"name\":\"o{n}\",\"layer\":\"d\"}}"));
        Assert.Equal(200_001, ModelReader.Read(SmallModel.With("\"outputs\": [", "\"outputs\": [" + outputs + ",")).Outputs.Length);
        string joined = string.Join(",", Enumerable.Repeat("\"big\"", 1000));
        string concatenation = "{\"name\":\"big\",\"kind\":\"input\",\"shape\":[16777216]},"
            + "{\"name\":\"c\",\"kind\":\"concatenate\",\"inputs\":[" + joined + "],\"axis\":0},";
        Assert.Equal(GraphErrorCodes.ShapeMismatch, RefusedCheaply(SmallModel.With("\"layers\": [", "\"layers\": [" + concatenation), 1));
    }

    private static string Repeated(string part, int count) => string.Create(part.Length * count, part, static (all, part) =>
    {
        part.CopyTo(all);
        for (int filled = part.Length; filled < all.Length; filled *= 2)
        {
            all[..Math.Min(filled, all.Length - filled)].CopyTo(all[filled..]);
        }
    });

    private static string RefusedCheaply(string text, int maxMegabytes)
    {
        long bytes = 0;
        ModelFormatException? fault = null;
        var reader = new Thread(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            fault = Assert.Throws<ModelFormatException>(() => ModelReader.Read(text));
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        reader.Start();

        // Not a measurement: time that grew with the square of the text would never end.
        Assert.True(reader.Join(TimeSpan.FromMinutes(2)), "not refused within two minutes");
        Assert.NotNull(fault);
        Assert.True(bytes >> 20 < maxMegabytes, $"{bytes >> 20} MB allocated");
        Assert.All(fault.Errors, error => Assert.True(error.Message.Length < 400, error.Message));
        return fault.Errors[0].Code;
    }

    private static bool IsModelOrTypedError(Func<ModelGraph> read, string text)
    {
        ModelGraph graph;
        try
        {
            graph = read();
        }
        catch (ModelFormatException fault)
        {
            int lines = text.Split('\n').Length + text.Count(c => c == '\r');
            return fault.Errors.All(error => error.Line >= 1 && error.Line <= lines && error.Column >= 1 && error.Code.StartsWith("HGQ00", StringComparison.Ordinal));
        }

        return ModelReader.Read(ModelWriter.Write(graph)) == graph;
    }

    // A token: a number, a string, a literal, or a whole row of numbers.
    private static string ExchangeToken(string text, Random random)
    {
        int start = text.IndexOfAny("-0123456789\"tfn[".ToCharArray(), random.Next(text.Length));
        if (start < 0)
        {
            return text;
        }

        int end = text.IndexOfAny(text[start] == '"' ? ['"'] : text[start] == '[' ? [']'] : [',', ']', '}', '\n'], start + 1);
        end += text[start] is '"' or '[' ? 1 : 0;
        return end <= start ? text : text[..start] + NastyTokens[random.Next(NastyTokens.Length)] + text[end..];
    }
}

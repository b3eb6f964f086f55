using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HGQ.Testing.Names;

/// <summary>
/// Names that a model file accepts and that emitted code of any language may stumble over: keywords, names of libraries and of
/// emitters, names derived from others, marks of comments and scripts, controls, other alphabets, lengths.
/// </summary>
public static class HostileNames
{
    private static readonly string[] Endings =
    [
        "", "_t", "_y", "_wires", "_token", "_element", "_stream", "_process", "_result", "_low", "_parts", "_kernel", "_codes", "_table", "_window", "_quantize", "_gather",
        "_add", "_1", "_2", "_part_0", "_kernel_0", ".sum", "_sum", "_sum_wires", "_to_", "_H", "_layers", "_tb", "_sim", "_prj", "0", "1", "12", "_Single", "_512",
    ];

    private static readonly string[] Beginnings = ["", "write_", "layer_", "model_", "port_", "HGQ_", "hgq_", "_", "__", "_X", "std::", "global::", "@", "$", "AP_", "ap_"];

    private static readonly string[] Marks =
    [
        "*/", "/*", "//", "??/", "\\", "\n", "\r\n", "\u2028", "\u2029", "\u0085", "\0", "\u001b[31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\"", "'", "`", "$(rm -rf .)", "$x", "[exec ls]", "{", "}",
        "{{ 1 }}", "#", "# define x 1", ";", "|", "<b>", "&amp;", "%", "%s", "%n", ":", "=", "\t", " ", "\ud800", "😀", "ä", "λ", "模型", "İ", "ı", "-", "--", "..", "/", "../x", "C:\\x", "\u0301",
    ];

    /// <summary>Words of languages, libraries and emitters.</summary>
    public static IReadOnlyList<string> Words { get; } = Split(
        // C and C++: keywords and alternative tokens
        "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield compl concept const const_cast consteval constexpr "
        + "constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq "
        + "nullptr operator or or_eq private protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw "
        + "true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq final override import module restrict _Bool _Complex __int128 "
        // C#: keywords, contextual ones, types
        + "abstract as base byte checked decimal delegate event fixed foreach implicit in interface internal is lock null object out params readonly ref sbyte sealed stackalloc string typeof uint ulong "
        + "unchecked unsafe ushort var dynamic nint nuint notnull unmanaged record required scoped file field partial where yield async await global nameof value get set add remove init when with args alias "
        + "System Math Task Span ReadOnlySpan Memory Vector128 Vector256 Vector512 Unsafe MemoryMarshal ArrayPool GC Int128 BitConverter CultureInfo Avx2 ArgumentException Microsoft HGQ Console Object "
        // members of generated classes
        + "Predict PredictRaw PredictBatch Classify InputSize OutputSize Ebops ModelHash InputShape InputFormats FixedPointFormat Formats Run Run_Single Run2 RunSingle Require Aligned Best Table0 Reals0 "
        + "Encode0 EncodeRows0 LoadBlock StoreBlock Transpose Squares SpreadSixes Lookup512 BitRow0 PairRows0 "
        // the C library, POSIX, macros of systems
        + "main std hls printf fprintf file FILE stdin stdout stderr errno unix linux i386 NULL EOF NAN INFINITY assert abs exp log sin tanh pow sqrt floor ceil round div signal time exit malloc free "
        + "memcpy memset strlen strcmp size_t int8_t uint64_t ptrdiff_t y0 y1 j0 jn gamma index rindex read write open close link pipe select sleep stat random environ signgam major minor BUFSIZ RAND_MAX "
        + "string vector cstdio cstring cmath math stdio stdlib limits stdint complex array map list bitset types errno.h string.h vector.h math.h ap_int.h types.h "
        // the vendor's headers and ours
        + "ap_int ap_uint ap_fixed ap_ufixed ap_q_mode ap_o_mode AP_TRN AP_RND AP_SAT AP_WRAP AP_INT_BASE ap_sum ap_value ap_bits ap_private hls_stream stream Shift Type Base RType INLINE range "
        // what emitted C++ declares
        + "probe probes pack unpack discard token element checked word number expect same check run run_file codes results raw values line comes ends from window result x y e p n i t0 x0 x1 v w0 r0 e0 c0 "
        + "codes_size results_size probes_size position sample samples path arguments count in out source target text tag found expected wanted wires layers outputs small small_layers "
        // Verilog, SystemVerilog, VHDL
        + "module endmodule input output inout wire reg logic always initial begin end generate genvar parameter assign posedge edge entity architecture signal process port map is of to downto others "
        // file names of systems and of projects
        + "con aux nul prn com1 lpt1 CON AUX build sim tb firmware Makefile report vectors clean csim all layer model CLOCK$ . .. ~");

    /// <summary>All words with all marks, endings and beginnings that matter once, in a fixed order.</summary>
    public static IReadOnlyList<string> Listed { get; } =
    [
        .. Words, .. Marks, .. Marks.Select(mark => "layer" + mark), .. Marks.Select(mark => mark + "layer"), .. Endings.Select(ending => "a" + ending), .. Endings.Select(ending => "x" + ending),
        .. Beginnings.Select(beginning => beginning + "a"), .. new[] { 100, 200, 255, 256, 300, 1000, 5000 }.SelectMany(length => new[] { new string('L', length), new string('L', length) + "2", new string('_', length), new string('9', length) }),
        "A", "a", "LAYER", "Layer", "_", "__", "___", "1", "12", "1a", "a__b", "a_", "_a", "_A", "a b", "a-b", "a.b", "a1", "a_1", "a_2", "a_2_2",
    ];

    /// <summary>A name put together at random.</summary>
    public static string Random(Random random)
    {
        var name = new StringBuilder();
        name.Append(Beginnings[random.Next(3) == 0 ? random.Next(Beginnings.Length) : 0]);
        for (var parts = 1 + random.Next(2); parts > 0; parts--)
        {
            name.Append(random.Next(6) switch
            {
                0 => Marks[random.Next(Marks.Length)],
                1 => Rune.IsValid(random.Next(0x3000)) && random.Next(2) == 0 ? new Rune(1 + random.Next(0x2fff)).ToString() : "a",
                _ => Words[random.Next(Words.Count)],
            });
        }

        return name.Append(Endings[random.Next(2) == 0 ? random.Next(Endings.Length) : 0]).ToString();
    }

    /// <summary>Names that all differ: the listed ones in turn, then random ones, as many as asked for.</summary>
    public static string[] Take(int count, int seed)
    {
        var random = new Random(seed);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in Listed.Where(name => name.Length > 0).Take(count))
        {
            names.Add(name);
        }

        while (names.Count < count)
        {
            names.Add(Random(random));
        }

        return [.. names.OrderBy(_ => random.Next())];
    }

    private static string[] Split(string words) => [.. words.Split(' ').Distinct(StringComparer.Ordinal)];
}

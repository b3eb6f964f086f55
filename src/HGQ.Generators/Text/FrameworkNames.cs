using System;
using System.Collections.Generic;
using System.Text;
using HGQ.Generators.Machines;

namespace HGQ.Generators.Text;

/// <summary>
/// The types of .NET that generated code uses, by the short names that the emitters write. Generated code has no using directives
/// and spells every such type from the root: whatever types, namespaces or aliases a user has, none hides it. A type that is
/// missing here does not compile.
/// </summary>
internal static class FrameworkNames
{
    private const string Root = "global::";

    private static readonly Dictionary<string, string> Full = Collect();

    /// <summary>The short names; an angle bracket follows those that stand for a generic type.</summary>
    public static IEnumerable<string> All => Full.Keys;

    /// <summary>Appends a line of code with the full names of types, outside of comments and of literals.</summary>
    public static void Append(StringBuilder text, string line)
    {
        var copied = 0;
        var at = 0;
        while (at < line.Length)
        {
            char c = line[at];
            if (c is '"' or '\'')
            {
                at = AfterLiteral(line, at);
            }
            else if (c == '/' && at + 1 < line.Length && line[at + 1] == '/')
            {
                break;
            }
            else if (IsPart(c))
            {
                int end = at + 1;
                while (end < line.Length && IsPart(line[end]))
                {
                    end++;
                }

                if (Find(line, at, end) is { } full)
                {
                    text.Append(line, copied, at - copied).Append(full);
                    copied = end;
                }

                at = end;
            }
            else
            {
                at++;
            }
        }

        text.Append(line, copied, line.Length - copied);
    }

    // A member behind a dot, or a name that is spelt in full already, is none of these.
    private static string? Find(string line, int at, int end)
    {
        bool candidate = line[at] is (>= 'A' and <= 'Z') or 'n' && (at == 0 || line[at - 1] is not ('.' or ':' or '@'));
        return candidate && Full.TryGetValue(line.Substring(at, end - at) + (end < line.Length && line[end] == '<' ? "<" : string.Empty), out string? full) ? full : null;
    }

    private static bool IsPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    private static int AfterLiteral(string line, int at)
    {
        char quote = line[at++];
        while (at < line.Length && line[at] != quote)
        {
            at += line[at] == '\\' ? 2 : 1;
        }

        return Math.Min(line.Length, at + 1);
    }

    // A name with an angle bracket stands for the generic type alone: a class has members called Memory.
    private static Dictionary<string, string> Collect()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("System", "ArgumentException ArgumentOutOfRangeException BitConverter GC Int128 Math Memory< NotSupportedException ReadOnlyMemory< ReadOnlySpan< Span<");
        Add("System.Buffers", "ArrayPool<");
        Add("System.Globalization", "CultureInfo");
        Add("System.Runtime.CompilerServices", "MethodImplOptions Unsafe");
        Add("System.Runtime.InteropServices", "MemoryMarshal");
        Add("System.Runtime.Intrinsics", Machine.VectorTypes);
        Add("System.Runtime.Intrinsics.X86", Machine.InstructionClasses);
        Add("System.Threading.Tasks", "Task");
        names.Add("GeneratedCode", Root + "System.CodeDom.Compiler.GeneratedCodeAttribute");
        names.Add("MethodImpl", Root + "System.Runtime.CompilerServices.MethodImplAttribute");

        // Not a keyword: a type of this name would be meant.
        names.Add("nuint", Root + "System.UIntPtr");
        return names;

        void Add(string space, string types)
        {
            foreach (string type in types.Split(' '))
            {
                names.Add(type, Root + space + "." + type.TrimEnd('<'));
            }
        }
    }
}

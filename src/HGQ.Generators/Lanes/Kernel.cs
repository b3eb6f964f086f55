using System.Collections.Generic;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Lanes;

/// <summary>What the instruction emitters share while one kernel is written.</summary>
internal sealed class Kernel
{
    /// <summary>Attribute of every method of the hot path: compiled once and fully, at the first call.</summary>
    public const string Optimized = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    private readonly GenerationPlan _plan;
    private readonly List<string> _calls = new();
    private readonly Dictionary<(string Call, int VectorBits), string> _variants = new();
    private readonly Dictionary<(string Call, int Blocks), string> _groups = new();
    private readonly HashSet<string> _locals = new();
    private readonly HashSet<string> _withMultiples = new();

    public Kernel(SourceWriter writer, GenerationPlan plan, ConstantTables tables, VectorConversions conversions, KernelShape shape)
    {
        Writer = writer;
        _plan = plan;
        Tables = tables;
        Conversions = conversions;
        Shape = shape;
    }

    public SourceWriter Writer { get; }

    public IntegerProgram Program => _plan.Program;

    public StoragePlan Storage => _plan.Storage;

    public ConstantTables Tables { get; }

    public VectorConversions Conversions { get; }

    public KernelShape Shape { get; }

    /// <summary>How many blocks are computed at once by further methods; each block's memory lies behind that of the one before.</summary>
    public IReadOnlyList<int> Groups => Shape.IsVector ? _plan.Groups : System.Array.Empty<int>();

    /// <summary>How inputs have been read when the kernel begins.</summary>
    public InputPlan Inputs => _plan.Inputs;

    /// <summary>Methods written so far, in the order in which they are to be called.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>Begins a method that works on the given buffers.</summary>
    public void OpenMethod(string name, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}";
        _calls.Add(method);
        Open(method, comment, buffers);
    }

    /// <summary>
    /// Begins a method that keeps multiples in <c>m</c>, or finds there what the methods before it in its step have kept.
    /// </summary>
    public void OpenMethodWithMultiples(string name, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}";
        _calls.Add(method);
        _withMultiples.Add(method);
        Open(method, comment, buffers, ", ref short m");
    }

    /// <summary>The call of a method for one block.</summary>
    /// <param name="method">One of <see cref="Calls"/>.</param>
    /// <param name="scratch">The block's memory.</param>
    public string Call(string method, string scratch) => $"{method}({scratch}{(_withMultiples.Contains(method) ? ", ref m" : string.Empty)});";

    /// <summary>
    /// Declares <c>m</c>, memory for multiples, in a method that calls those that need it. All blocks use the same, which stays in the
    /// first-level cache.
    /// </summary>
    public void DeclareMultiples()
    {
        if (_withMultiples.Count > 0)
        {
            WriteMultiples();
        }
    }

    /// <summary>Begins a method that <see cref="CallParts"/> calls; its name.</summary>
    public string OpenPart(string name, int part, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}Part{Literal.Of(part)}";
        Open(method, comment, buffers, ", ref short m");
        return method;
    }

    /// <summary>
    /// Writes the methods that call parts for one block and for several. What parts keep in <c>m</c> for each other is forgotten
    /// after each block, so all blocks use the same memory, which stays in the first-level cache as the code of the parts does.
    /// </summary>
    public void CallParts(string name, string comment, IReadOnlyCollection<string> parts)
    {
        OpenMethod(name, comment);
        WriteParts(parts, 1);
        foreach (int blocks in Groups)
        {
            OpenGroup(name, blocks, comment);
            WriteParts(parts, blocks);
        }
    }

    private void WriteMultiples()
        => Writer.Line($"ref short m = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {Literal.Of(Storage.BytesPerLane * Shape.Lanes)}));");

    private void WriteParts(IReadOnlyCollection<string> parts, int blocks)
    {
        WriteMultiples();
        if (blocks > 1)
        {
            Writer.Open($"for (int block = 0; block < {Literal.Of(blocks)}; block++)");
            Writer.Line($"ref byte memory = ref Unsafe.Add(ref scratch, block * {Literal.Of(Storage.BytesOf(Shape))});");
        }

        foreach (string part in parts)
        {
            Writer.Line($"{part}(ref {(blocks > 1 ? "memory" : "scratch")}, ref m);");
        }

        if (blocks > 1)
        {
            Writer.Close();
        }

        CloseMethod();
    }

    /// <summary>Begins a method that does the same as <paramref name="name"/> where the machine has certain vectors; its name.</summary>
    public string OpenVariant(string name, KernelShape variant, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}{variant.Suffix}";
        _variants[($"{name}_{Shape.Suffix}", variant.VectorBits)] = method;
        Open(method, comment, buffers);
        return method;
    }

    /// <summary>Begins a method that does for several blocks what <paramref name="name"/> does for one.</summary>
    public void OpenGroup(string name, int blocks, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}x{Literal.Of(blocks)}";
        _groups[($"{name}_{Shape.Suffix}", blocks)] = method;
        Open(method, $"{comment}, {Literal.Of(blocks)} blocks", buffers);
    }

    /// <summary>
    /// The method that does for several blocks what <paramref name="call"/> does for one, or null where that is called for each.
    /// </summary>
    public string? Group(string call, int blocks) => _groups.TryGetValue((call, blocks), out string? group) ? group : null;

    /// <summary>The method to be called for <paramref name="call"/> where the machine has vectors of these bits.</summary>
    public string Variant(string call, int vectorBits) => _variants.TryGetValue((call, vectorBits), out string? variant) ? variant : call;

    /// <summary>A table as a reference to its first entry, declared as a local.</summary>
    public string TableReference(long[] values, string type) => TableReference(Tables.Add(values, type), type);

    /// <summary>A table by its name, as a reference to its first entry.</summary>
    public string TableReference(string table, string type)
    {
        string local = "r" + table.Substring("Table".Length);
        if (_locals.Add(local))
        {
            Writer.Line($"ref {type} {local} = ref MemoryMarshal.GetReference({table});");
        }

        return local;
    }

    private void Open(string method, string comment, int[] buffers, string parameters = "")
    {
        _locals.Clear();
        Writer.Line();
        Writer.Line($"// {StringLiteral.Comment(comment)}");
        Writer.Line(Optimized);
        Writer.Open($"private static void {method}(ref byte scratch{parameters})");
        Writer.Open("unchecked");
        var declared = new HashSet<int>();
        foreach (int buffer in buffers)
        {
            if (declared.Add(buffer))
            {
                int offset = Storage.OffsetOf(buffer) * Shape.Lanes;
                string at = offset == 0 ? "ref scratch" : $"ref Unsafe.Add(ref scratch, {Literal.Of(offset)})";
                Writer.Line($"ref {Storage.TypeOf(buffer).Keyword} b{buffer} = ref Unsafe.As<byte, {Storage.TypeOf(buffer).Keyword}>({at}); // {StringLiteral.Comment(Program.Buffers[buffer].Name)}");
            }
        }
    }

    public void CloseMethod()
    {
        Writer.Close();
        Writer.Close();
    }

    /// <summary>Declares a table as a local and returns the local's name.</summary>
    public string LocalTable(long[] values)
    {
        string table = Tables.Add(values);
        string local = "t" + table.Substring("Table".Length);
        if (!_locals.Add(local))
        {
            return local;
        }

        Writer.Line($"ReadOnlySpan<{Tables.TypeOf(table)}> {local} = {table};");
        return local;
    }
}

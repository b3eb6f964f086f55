using System.Collections.Generic;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>What the instruction emitters share while one kernel is written.</summary>
internal sealed class Kernel
{
    private readonly List<string> _calls = new();
    private readonly HashSet<string> _locals = new();

    public Kernel(SourceWriter writer, IntegerProgram program, StoragePlan storage, ConstantTables tables, VectorConversions conversions, KernelShape shape)
    {
        Writer = writer;
        Program = program;
        Storage = storage;
        Tables = tables;
        Conversions = conversions;
        Shape = shape;
    }

    public SourceWriter Writer { get; }

    public IntegerProgram Program { get; }

    public StoragePlan Storage { get; }

    public ConstantTables Tables { get; }

    public VectorConversions Conversions { get; }

    public KernelShape Shape { get; }

    /// <summary>Methods written so far, in the order in which they are to be called.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>Begins a method that works on the given buffers.</summary>
    public void OpenMethod(string name, string comment, params int[] buffers)
    {
        string method = $"{name}_{Shape.Suffix}";
        _locals.Clear();
        _calls.Add(method);
        Writer.Line();
        Writer.Line($"// {StringLiteral.Comment(comment)}");
        Writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        Writer.Open($"private static void {method}(ref byte scratch)");
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

using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>Writes how elements of 16 bits become bytes.</summary>
internal static class ByteStaging
{
    /// <summary>Writes the conversion of one sample, <c>ref byte packed</c>: all elements unsigned, or all moved up.</summary>
    public static void WritePacked(Kernel kernel, ConstantProductPlan plan, ByteOperand operand, KernelShape shape)
    {
        var writer = kernel.Writer;
        string vector = shape.Vector, source = "b" + Literal.Of(plan.Product.Source);
        int step = shape.VectorBits / 8;
        writer.Line($"ref byte packed = ref Unsafe.Add(ref scratch, {Literal.Of(kernel.Storage.PackedOffset(plan.Destination))});");

        // The last step may read and write beyond the end, where there is padding.
        writer.Open($"for (int e = 0; e < {Literal.Of(operand.Length)}; e += {Literal.Of(step)})");
        string Load(int n) => $"{vector}.LoadUnsafe(ref {source}, (nuint){(n == 0 ? "e" : $"(e + {Literal.Of(n)})")})";
        string bytes = $"{vector}.AsByte({vector}.Narrow({Load(0)}, {Load(step / 2)}))";
        string moved = operand.Signed ? $" ^ {vector}.Create((byte){Literal.Of(ByteOperand.Offset)})" : string.Empty;
        writer.Line($"{vector}.StoreUnsafe({bytes}{moved}, ref packed, (nuint)e);");
        writer.Close();
        writer.Line();
    }

    /// <summary>
    /// Declares <c>bytes</c>, the elements of a source as bytes, each with an offset of its own; packs them where they are not yet.
    /// </summary>
    public static void WriteBytes(Kernel kernel, ByteBuffers buffers, int buffer)
    {
        var writer = kernel.Writer;
        if (buffers.IsBytes(buffer))
        {
            writer.Line($"ref byte bytes = ref Unsafe.As<short, byte>(ref b{buffer});");
            return;
        }

        var machine = Machine.Narrow;
        string vector = machine.Vector;
        int step = machine.Bits / 8;
        int length = kernel.Program.Buffers[buffer].Length, padded = (length + step - 1) / step * step;
        writer.Line($"ref byte bytes = ref Unsafe.Add(ref scratch, {kernel.Storage.BytesPerLane});");
        string add = string.Empty;
        if (buffers.Offsets(buffer) is { } offsets)
        {
            string table = kernel.TableReference(Enumerable.Range(0, padded).Select(e => e < length ? (long)offsets[e] : 0).ToArray(), "byte");
            add = $" + {vector}.LoadUnsafe(ref {table}, (nuint)e)";
        }

        string Half(string place) => $"{vector}.AsInt16({vector}.AsUInt16({vector}.LoadUnsafe(ref b{Literal.Of(buffer)}, (nuint){place})) & low)";
        writer.Line($"{vector}<ushort> low = {vector}.Create((ushort)255);");
        writer.Open($"for (int e = 0; e < {padded}; e += {step})");
        string packed = $"{machine.Words}.PackUnsignedSaturate({Half("e")}, {Half($"(e + {Literal.Of(machine.Samples)})")})";
        writer.Line($"{vector}.StoreUnsafe({packed}{add}, ref bytes, (nuint)e);");
        writer.Close();
    }
}

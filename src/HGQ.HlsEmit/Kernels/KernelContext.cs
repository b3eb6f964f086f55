using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>What the kernels of one layer share.</summary>
/// <param name="Program">Program that is emitted.</param>
/// <param name="Layouts">Layouts of its buffers.</param>
/// <param name="Ports">Type of the input port of each buffer that has one.</param>
/// <param name="InputOverflow">What becomes of a number outside an element's format at an input port.</param>
/// <param name="Unit">Layer that is written.</param>
internal sealed record KernelContext(
    IntegerProgram Program,
    BufferLayouts Layouts,
    IReadOnlyDictionary<int, PortType> Ports,
    HlsInputOverflow InputOverflow,
    LayerUnit Unit)
{
    private readonly Dictionary<string, int> _names = [];

    /// <summary>Name of a parameter: x of the only source, else x0, x1 and so on.</summary>
    public static string SourceName(int index, int count) =>
        count == 1 ? "x" : string.Create(CultureInfo.InvariantCulture, $"x{index}");

    /// <summary>A name for functions of the layer that is not taken.</summary>
    /// <param name="purpose">What it does.</param>
    /// <param name="forms">Names derived from it, with <c>{0}</c> for it.</param>
    public string FunctionName(string purpose, params string[] forms)
    {
        var count = _names[purpose] = _names.GetValueOrDefault(purpose) + 1;
        var name = Unit.Name + "_" + purpose;
        return Unit.Names.Identifier(count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{(char)('a' + ((count - 1) % 26))}{count}"), ["{0}", .. forms]);
    }

    /// <summary>Whether any element of a buffer is a wire.</summary>
    public bool HasWires(int buffer) => Layouts[buffer].HasWires;

    /// <summary>Starts the functions that read <paramref name="sources"/> and write a buffer.</summary>
    public KernelWriter Begin(
        string purpose, PositionLoop? loop, IReadOnlyList<int> sources, int destination, params IEnumerable<KernelParameter> first)
    {
        var parameters = first.Concat(sources
            .Select((buffer, index) => KernelParameter.Read(Layouts[buffer].StructName, SourceName(index, sources.Count), Layouts[buffer].Variable))
            .Where((_, index) => HasWires(sources[index])))
            .Append(KernelParameter.Write(Layouts[destination].StructName, "y", Layouts[destination].Variable));
        return new KernelWriter(Unit, FunctionName(purpose), parameters.ToArray(), loop);
    }

    /// <summary>Ends the functions: the layer calls them.</summary>
    public void End(KernelWriter kernel) => Unit.Body.AddRange(kernel.Finish());
}

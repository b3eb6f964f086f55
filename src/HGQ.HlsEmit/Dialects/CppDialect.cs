using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;

namespace HGQ.HlsEmit.Dialects;

/// <summary>
/// How a family of tools writes integers, fixed-point numbers, streams and directives. What differs between the families stands
/// in the two classes below this one and nowhere else.
/// </summary>
internal abstract class CppDialect
{
    /// <summary>The types.</summary>
    public abstract HlsTypes Types { get; }

    /// <summary>The header of integers.</summary>
    public abstract string IntegerHeader { get; }

    /// <summary>The header of fixed-point numbers.</summary>
    public abstract string FixedHeader { get; }

    /// <summary>The header of streams.</summary>
    public abstract string ChannelHeader { get; }

    /// <summary>Variable of the makefile that names a folder with the vendor's headers.</summary>
    public abstract string VendorVariable { get; }

    /// <summary>Whether the vendor's open headers hold that of streams.</summary>
    public abstract bool HasVendorChannel { get; }

    /// <summary>Beginning of the names of roundings and overflows.</summary>
    public abstract string ModePrefix { get; }

    /// <summary>Whether layers that pass arrays to each other can work side by side on different samples.</summary>
    public abstract bool HasDataflowOfArrays { get; }

    /// <summary>Whether the project has the files that take a block into a design of AMD's tools.</summary>
    public abstract bool HasKit { get; }

    /// <summary>Files that the tools read, and their templates.</summary>
    public abstract IEnumerable<(string Path, string Template)> Scripts { get; }

    /// <summary>The dialect of a project.</summary>
    public static CppDialect Of(HlsOptions options) => options.Types switch
    {
        HlsTypes.Ap => new ApDialect(options.Tool),
        HlsTypes.Ac => new AcDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Types, "There are no such types."),
    };

    /// <summary>An integer; only of wires that exist.</summary>
    public abstract string Integer(WireType type);

    /// <summary>A fixed-point number.</summary>
    /// <param name="raw">Type of its bits.</param>
    /// <param name="integerBits">Bits before the point, the sign included.</param>
    /// <param name="modes">What happens when a number is assigned, as arguments of the type.</param>
    public abstract string Fixed(WireType raw, int integerBits, string modes);

    /// <summary>A constant of a wire's type, so that comparisons never mix signs.</summary>
    public string Typed(WireType type, BigInteger value) => Integer(type) + "(" + CppLiteral.Plain(value) + ")";

    /// <summary>Bits of a port's element, fit to be assigned to a wire, which takes no more than there are.</summary>
    /// <param name="element">The element.</param>
    /// <param name="low">The lowest bit.</param>
    /// <param name="port">Type of the port's bits.</param>
    /// <param name="wire">Type of the wire.</param>
    public abstract string Bits(string element, int low, WireType port, WireType wire);

    /// <summary>Bits of a port's element as a number.</summary>
    /// <param name="element">The element.</param>
    /// <param name="low">The lowest bit.</param>
    /// <param name="type">Type of the number.</param>
    public abstract string Slice(string element, int low, WireType type);

    /// <summary>The statement that sets all bits of a port's element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="raw">Type of its bits.</param>
    /// <param name="value">An integer.</param>
    public abstract string SetBits(string element, WireType raw, string value);

    /// <summary>The type of a stream.</summary>
    public abstract string Channel(string element);

    /// <summary>A stream that a test bench declares.</summary>
    public abstract string ChannelVariable(string element, string name);

    /// <summary>A stream between two processes.</summary>
    public abstract string LocalChannel(string element, string name);

    /// <summary>Directives behind the declaration of such a stream.</summary>
    public abstract IEnumerable<string> OfLocalChannel(string name, int depth);

    /// <summary>Directives that make each element of an array a wire.</summary>
    public abstract IEnumerable<string> Partition(string variable);

    /// <summary>Directives that take a struct with arrays apart.</summary>
    public abstract IEnumerable<string> Disaggregate(string variable);

    /// <summary>Directives behind the definition of a product.</summary>
    public abstract IEnumerable<string> Multiplication(string name, bool isDsp);

    /// <summary>Directives of a table that takes turns.</summary>
    public abstract IEnumerable<string> Rom(string name);

    /// <summary>A loop with its directives.</summary>
    /// <param name="head">The head, indented.</param>
    /// <param name="directives">What the tool is to do.</param>
    /// <param name="body">The statements.</param>
    public IEnumerable<string> Loop(string head, LoopDirectives directives, IEnumerable<string> body)
    {
        var indent = head[..^head.TrimStart().Length];
        return [.. BeforeLoop(directives), head + " {", .. InLoop(directives), .. body, indent + "}"];
    }

    /// <summary>Directives at the top of a function.</summary>
    public abstract IEnumerable<string> InFunction(FunctionDirectives directives);

    /// <summary>Directives before a process.</summary>
    public abstract IEnumerable<string> BeforeProcess(FunctionDirectives directives);

    /// <summary>Directives before the model's function.</summary>
    public abstract IEnumerable<string> BeforeTop(TopDirectives directives);

    /// <summary>Directives at the top of the model's function.</summary>
    public abstract IEnumerable<string> InTop(TopDirectives directives);

    /// <summary>Directives before a loop.</summary>
    protected abstract IEnumerable<string> BeforeLoop(LoopDirectives directives);

    /// <summary>Directives at the top of a loop's body.</summary>
    protected abstract IEnumerable<string> InLoop(LoopDirectives directives);
}

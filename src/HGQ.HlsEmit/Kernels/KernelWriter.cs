using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Reporting;
using HGQ.HlsEmit.Text;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Writes the elements of an instruction into functions of bounded size.</summary>
internal sealed class KernelWriter
{
    /// <summary>Adders after which the next element starts a function.</summary>
    public const int FunctionAdders = 1000;

    /// <summary>Adders that one element may have before its sum is split over functions.</summary>
    public const int ElementAdders = 1000;

    private readonly LayerUnit _unit;
    private readonly string _name;
    private readonly string _parameters;
    private readonly string _arguments;
    private readonly string[] _parameterNames;
    private readonly PositionLoop? _loop;
    private readonly string _indent;
    private readonly List<CppFunction> _functions = [];
    private readonly List<string> _calls = [];
    private readonly List<string> _declarations = [];
    private List<KernelParameter> _passed = [];
    private List<string> _lines = [];
    private int _adders;
    private int _names;

    /// <summary>Starts the functions of an instruction.</summary>
    /// <param name="unit">Layer the functions belong to.</param>
    /// <param name="name">Their name; numbered where there are several.</param>
    /// <param name="parameters">Structs that are passed.</param>
    /// <param name="loop">Loop around every body, or null.</param>
    public KernelWriter(LayerUnit unit, string name, IReadOnlyList<KernelParameter> parameters, PositionLoop? loop = null)
    {
        _unit = unit;
        _name = name;
        _parameters = string.Join(", ", parameters.Select(p => p.Declaration));
        _arguments = string.Join(", ", parameters.Select(p => p.Argument));
        _parameterNames = parameters.Select(p => p.Name).ToArray();
        _loop = loop is { Count: > 1 } ? loop : null;
        _indent = _loop is null ? "  " : "    ";
        Cost.Copies = _loop is null ? 1 : unit.Pipelining.Copies(_loop.Count);
    }

    /// <summary>What multiplies by constants.</summary>
    public HlsStrategy Strategy => _unit.Strategy;

    /// <summary>Where hardware is counted.</summary>
    public LayerCost Cost => _unit.Cost;

    /// <summary>Where the wires of adders are recorded.</summary>
    public WireLog Wires => _unit.Wires;

    /// <summary>How types and directives are written.</summary>
    public CppDialect Dialect => _unit.Names.Dialect;

    /// <summary>A writer whose statements nobody reads, to see what they cost.</summary>
    public KernelWriter Draft() =>
        new(new LayerUnit(_unit.Name, _unit.Layer, new ProjectNames(_name, "draft", Dialect)) { Strategy = Strategy }, _name, []);

    /// <summary>Announces an element of about so many adders: it may start a function.</summary>
    public void Open(int adders)
    {
        if (_lines.Count > 0 && _adders + adders > FunctionAdders)
        {
            Close();
        }

        _adders += adders;
    }

    /// <summary>Starts a function of so many adders.</summary>
    public void Begin(int adders)
    {
        Close();
        _adders = adders;
    }

    /// <summary>Passes something to the function beside the parameters of all.</summary>
    public void Pass(KernelParameter parameter)
    {
        if (!_passed.Contains(parameter))
        {
            _passed.Add(parameter);
        }
    }

    /// <summary>Declares a struct of wires that functions pass to each other; gives how it is written and read.</summary>
    public (KernelParameter Write, KernelParameter Read) Share(IEnumerable<(WireType Type, string Name)> members)
    {
        var name = _unit.Names.Identifier(_name + "_shared", ["{0}", "{0}_wires"]);
        var type = name + "_wires";
        _unit.AddLocalStruct(type, members);
        _declarations.Add($"{type} {name};");
        return (KernelParameter.Write(type, name, name), KernelParameter.Read(type, name, name));
    }

    /// <summary>Writes a statement.</summary>
    public void Line(string text) => _lines.Add(_indent + text);

    /// <summary>A type as C++.</summary>
    public string Cpp(WireType type) => Dialect.Integer(type);

    /// <summary>A constant of a wire's type, so that comparisons never mix signs.</summary>
    public string Typed(WireType type, BigInteger value) => Dialect.Typed(type, value);

    /// <summary>Names an expression; gives the name.</summary>
    public string Define(WireType type, string expression)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{_names++}");
        Line($"const {Cpp(type)} {name} = {expression};");
        return name;
    }

    /// <summary>Writes directives.</summary>
    public void Directives(IEnumerable<string> lines) => _lines.AddRange(lines);

    /// <summary>Names a product that a DSP is to compute, or that LUTs are to compute; gives the name.</summary>
    public string Multiply(WireType type, string expression, bool isDsp = true)
    {
        var name = Define(type, expression);
        Directives(Dialect.Multiplication(name, isDsp));
        return name;
    }

    /// <summary>Puts what <paramref name="write"/> returns, with the statements it writes, into a function of its own; gives the call.</summary>
    public string Outlined(WireType type, Func<string> write)
    {
        var (lines, names) = (_lines, _names);
        (_lines, _names) = ([], 0);
        Cost.Live.NextFunction();
        Line($"return {write()};");
        var name = _unit.Names.Identifier(string.Create(CultureInfo.InvariantCulture, $"{_name}_part_{_unit.NextPart++}"));
        _unit.Functions.Add(new CppFunction(Cpp(type), name, _parameters, Used(UnreadNames.Drop(_lines)), ElementAdders, false));
        (_lines, _names) = (lines, names);
        Cost.Live.NextFunction();
        return $"{name}({string.Join(", ", _parameterNames)})";
    }

    /// <summary>Ends the last function; gives the calls of all.</summary>
    public IReadOnlyList<string> Finish()
    {
        Close();
        var calls = _declarations.ToList();
        for (var n = 0; n < _functions.Count; n++)
        {
            var name = _functions.Count == 1 ? _name : _unit.Names.Identifier(string.Create(CultureInfo.InvariantCulture, $"{_name}_{n}"));
            _unit.Functions.Add(_functions[n] with { Name = name });
            calls.Add($"{name}({_calls[n]});");
        }

        // An unrolled loop has constant indices.
        if (_loop is not null && _unit.Pipelining.Style != HlsPipelineStyle.Pipeline)
        {
            Cost.CountMultiplexer(_loop.Views.Sum(view => view.MovingBits), _loop.Count);
        }

        Cost.Copies = 1;
        return calls;
    }

    private void Close()
    {
        if (_lines.Count > 0)
        {
            var parameters = string.Join(", ", _passed.Select(p => p.Declaration).Prepend(_parameters));
            _calls.Add(string.Join(", ", _passed.Select(p => p.Argument).Prepend(_arguments)));
            _functions.Add(new CppFunction("void", _name, parameters, Used(InLoop(UnreadNames.Drop(_lines))), _adders, _loop is not null));
        }

        Cost.Live.NextFunction();
        _lines = [];
        _passed = [];
        _adders = 0;
        _names = 0;
    }

    private List<string> InLoop(List<string> lines)
    {
        if (_loop is null)
        {
            return lines;
        }

        var body = lines.ToList();
        var defined = _loop.Prologue.Where(line => lines.Any(l => l.Contains(DefinedName(line), StringComparison.Ordinal))).Select(line => _indent + line);
        return [.. Dialect.Loop("  " + _loop.Head, _unit.Pipelining.OfLoop(_loop.Count), [.. defined, .. body])];
    }

    private static string DefinedName(string line)
    {
        var at = line.IndexOf("int ", StringComparison.Ordinal) + 4;
        return line[at..line.IndexOfAny(['[', ' '], at)];
    }

    /// <summary>Names parameters that a body does not read, for the compiler's warnings.</summary>
    private List<string> Used(List<string> lines)
    {
        foreach (var name in _parameterNames.Concat(_passed.Select(p => p.Name)))
        {
            if (!lines.Any(line => Mentions(line, name)))
            {
                lines.Insert(0, $"  (void){name};");
            }
        }

        return lines;
    }

    private static bool Mentions(string line, string name)
    {
        for (var at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var before = at == 0 ? ' ' : line[at - 1];
            var after = at + name.Length == line.Length ? ' ' : line[at + name.Length];
            if (!char.IsAsciiLetterOrDigit(before) && before != '_' && before != '.' && !char.IsAsciiLetterOrDigit(after) && after != '_')
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Something that is passed to a function.</summary>
/// <param name="Declaration">The parameter as C++.</param>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Argument">What the caller passes.</param>
internal sealed record KernelParameter(string Declaration, string Name, string Argument)
{
    /// <summary>The clock cycle of a sample that a folded product is in.</summary>
    public static KernelParameter Phase { get; } = new("int phase", "phase", "phase");

    /// <summary>A struct that is read.</summary>
    public static KernelParameter Read(string structName, string name, string argument) => new($"const {structName} &{name}", name, argument);

    /// <summary>A struct that is written.</summary>
    public static KernelParameter Write(string structName, string name, string argument) => new($"{structName} &{name}", name, argument);
}

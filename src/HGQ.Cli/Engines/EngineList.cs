using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Engines;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;

namespace HGQ.Cli.Engines;

/// <summary>The engines by the names of the command line.</summary>
internal static class EngineList
{
    public const string Interpreter = "interpreter";
    public const string CSharp = "csharp";
    public const string Hls = "hls";
    public const string Netlist = "netlist";
    public const string Verilog = "verilog";

    /// <summary>All names.</summary>
    public static readonly string[] Names = [Interpreter, CSharp, Hls, Netlist, Verilog];

    /// <summary>Those that are compared where nobody names any; gates take longer than the rest together.</summary>
    public static readonly string[] Standard = [Interpreter, CSharp, Hls];

    /// <summary>The engines of a list such as <c>interpreter,csharp</c>; the interpreter is always there and first, since it is the reference.</summary>
    /// <exception cref="CommandException">A name is unknown.</exception>
    public static IReadOnlyList<IInferenceEngine> Create(string list, IntegerProgram program)
    {
        string[] wanted = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in wanted)
        {
            Require(name, [.. Names, FloatReference.Name]);
        }

        return [.. Names.Where(name => name == Interpreter || wanted.Contains(name)).Select(name => Engine(name, program, resultsOnly: false))];
    }

    /// <summary>One engine, for its results.</summary>
    /// <exception cref="CommandException">The name is unknown.</exception>
    public static IInferenceEngine CreateOne(string name, IntegerProgram program)
    {
        Require(name, Names);
        return Engine(name, program, resultsOnly: true);
    }

    private static void Require(string name, string[] known)
    {
        if (!known.Contains(name))
        {
            string? nearest = NearestWord.Find(name, known);
            throw new CommandException(
                $"unknown engine '{name}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?") + $" Engines: {string.Join(", ", known)}");
        }
    }

    private static IInferenceEngine Engine(string name, IntegerProgram program, bool resultsOnly) => name switch
    {
        CSharp => new CSharpEngine(program, resultsOnly),
        Hls => new HlsEngine(program),
        Netlist => new NetlistEngine(program),
        Verilog => new VerilogEngine(program),
        _ => new InterpreterEngine(program),
    };
}

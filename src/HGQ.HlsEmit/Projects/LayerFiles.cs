using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Projects;

/// <summary>Header and translation units of a layer.</summary>
internal sealed class LayerFiles(
    LayerUnit unit, BufferLayouts layouts, PortPlan ports, HlsOptions options, TemplateRenderer templates, HlsReport report)
{
    /// <summary>Adders after which a layer gets another translation unit, so that a compiler works on several at once.</summary>
    private const int FileAdders = 2500;

    private CppDialect Dialect => unit.Names.Dialect;

    /// <summary>Paths and texts.</summary>
    public IEnumerable<(string Path, string Text)> Render()
    {
        var files = SplitFunctions();
        var isSplit = files.Count > 1;
        yield return ($"firmware/layers/{unit.Name}.h", templates.Render("layers/layer.h.sbn", HeaderModel()));
        if (isSplit)
        {
            yield return ($"firmware/layers/{unit.Name}_parts.h", templates.Render("layers/parts.h.sbn", PartsModel()));
        }

        for (var n = 0; n < files.Count; n++)
        {
            var name = n == 0 ? unit.Name : unit.Names.File(string.Create(CultureInfo.InvariantCulture, $"{unit.Name}_{n}"));
            yield return ($"firmware/layers/{name}.cpp", templates.Render("layers/layer.cpp.sbn", FileModel(files[n], n == 0, isSplit)));
        }
    }

    private List<List<CppFunction>> SplitFunctions()
    {
        var files = new List<List<CppFunction>> { new() };
        var adders = 0;
        foreach (var function in unit.Functions)
        {
            // Tables are seen by one translation unit only: such a layer stays whole.
            if (unit.Tables.Count == 0 && files[^1].Count > 0 && adders + function.Adders > FileAdders)
            {
                files.Add([]);
                adders = 0;
            }

            files[^1].Add(function);
            adders += function.Adders;
        }

        return files;
    }

    private object HeaderModel() => new
    {
        options.Namespace,
        Guard = Guard(unit.Name),
        unit.Name,
        Layer = NameText.Comment(unit.Layer),
        Dialect.IntegerHeader,
        Summary = Summary(),
        Includes = Includes(),
        ReadsPort = Ports().Any(),
        Structs = unit.Structs,
        Parameters = string.Join(", ", LayerParameters()),
        IsFolded = unit.Fold is not null,
        Probed = unit.Sends.Select(buffer => layouts[buffer].StructName).ToArray(),
    };

    private object PartsModel() => new
    {
        options.Namespace,
        Guard = Guard(unit.Name + "_parts"),
        unit.Name,
        Structs = unit.LocalStructs,
        Functions = unit.Functions.ConvertAll(f => $"{f.Result} {f.Name}({f.Parameters});"),
    };

    private object FileModel(List<CppFunction> functions, bool isMain, bool isSplit) => new
    {
        options.Namespace,
        unit.Name,
        Layer = NameText.Comment(unit.Layer),
        IsMain = isMain,
        IsSplit = isSplit,
        Checks = isMain ? Checks().ToArray() : [],
        Structs = isMain && !isSplit ? unit.LocalStructs : [],
        Tables = isMain ? unit.Tables : [],
        Functions = functions.ConvertAll(f => new
        {
            Head = $"{(isSplit ? "" : "static ")}{f.Result} {f.Name}({f.Parameters})",
            Pragmas = Dialect.InFunction(unit.Pipelining.OfFunction(f)).ToArray(),
            f.Lines,
        }),
        Parameters = string.Join(", ", LayerParameters()),
        Pragmas = Dialect.InFunction(unit.Pipelining.OfLayer(unit.Functions.Exists(f => f.HasLoop))).ToArray(),
        Locals = unit.Locals.ConvertAll(buffer => new
        {
            Declaration = $"{layouts[buffer].StructName} {layouts[buffer].Variable};",
            Pragmas = StructWriter.Partitions(layouts[buffer]).ToArray(),
        }),
        Calls = Calls().ToArray(),
        Probes = isMain ? unit.Sends.Select(ProbeModel).ToArray() : [],
    };

    /// <summary>The body of the layer; where its product is folded, a loop over the phases.</summary>
    private IEnumerable<string> Calls()
    {
        if (unit.Fold is not { } fold)
        {
            return unit.Body.Select(call => "  " + call);
        }

        var last = unit.Body.Skip(fold.Calls).Select(call => "      " + call).ToArray();
        return Dialect.Loop(
            string.Create(CultureInfo.InvariantCulture, $"  for (int phase = 0; phase < {fold.Plan.Phases}; phase++)"),
            LoopDirectives.EachClock with { Rewinds = true },
            [
                .. unit.Body.Take(fold.Calls).Select(call => "    " + call),
                .. last.Length == 0 ? last
                    : [string.Create(CultureInfo.InvariantCulture, $"    if (phase == {fold.Plan.Phases - 1}) {{"), .. last, "    }"],
                "#ifndef __SYNTHESIS__",
                string.Create(
                    CultureInfo.InvariantCulture, $"    phases[{unit.Fold.Index}] = phases[{unit.Fold.Index}] == phase ? phase + 1 : -1;"),
                "#endif",
            ]);
    }

    private object ProbeModel(int buffer)
    {
        var wires = layouts[buffer];
        return new
        {
            Struct = wires.StructName,
            Loop = wires.IsArray ? string.Create(CultureInfo.InvariantCulture, $"for (int p = 0; p < {wires.Positions}; p++) ") : "",
            Lines = Enumerable.Range(0, wires.Period).Select(channel =>
            {
                var index = !wires.IsArray ? Number(channel)
                    : wires.Period == 1 ? PositionLoop.Variable
                    : string.Create(CultureInfo.InvariantCulture, $"{PositionLoop.Variable} * {wires.Period} + {channel}");
                var value = wires.HasWire(channel)
                    ? wires.Text("y", channel, wires.IsArray ? PositionLoop.Variable : null) + ".to_int64()"
                    : CppLiteral.Plain(wires.Format(channel).ToStorage(wires.Constant(channel)));
                return $"values[{index}] = {value};";
            }).ToArray(),
        };
    }

    private IEnumerable<InputPortPlan> Ports() => ports.Inputs.Where(port => unit.Ports.Contains(port.Type.Name));

    private IEnumerable<string> LayerParameters() => Ports()
        .Select(port => string.Create(CultureInfo.InvariantCulture, $"const {port.Type.Name}_t {port.Type.Name}[{(unit.Position is null ? port.Type.Length : layouts[unit.Position.Output].Length)}]"))
        .Concat(unit.Reads.Select(buffer => $"const {layouts[buffer].StructName} &{layouts[buffer].Variable}"))
        .Concat(unit.Writes.Select(buffer => $"{layouts[buffer].StructName} &{layouts[buffer].Variable}"));

    private string[] Includes() => unit.Reads.Select(buffer => layouts[buffer].Header!).Distinct().Where(header => header != unit.Name).ToArray();

    /// <summary>What this layer takes for granted of those before it.</summary>
    private IEnumerable<string> Checks() => unit.Reads.Select(buffer => layouts[buffer]).SelectMany(wires =>
        Enumerable.Range(0, wires.Period).Where(wires.HasWire).Select(channel =>
        {
            var member = $"{wires.StructName}::{wires.Member(channel)}";
            var type = $"{wires.StructName}().{wires.Member(channel)}";
            return wires.IsArray
                ? $"static_assert(sizeof({member}) / sizeof({type}[0]) == {Number(wires.Positions)} && std::remove_reference<decltype({type}[0])>::type::width == {Number(wires.Type(channel).Width)}, \"{wires.Name}.{wires.Member(channel)}\");"
                : $"static_assert(decltype({member})::width == {Number(wires.Type(channel).Width)}, \"{wires.Name}.{wires.Member(channel)}\");";
        }));

    private string[] Summary()
    {
        var cost = report.Layers.First(layer => layer.Unit == unit.Name);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{cost.Kind}, output {cost.Shape}, {cost.InputBits} bits in, {cost.OutputBits} bits out"),
            string.Create(CultureInfo.InvariantCulture, $"{cost.NonzeroWeights} of {cost.Weights} weights not 0, EBOPs {cost.Ebops:0.###}"),
            string.Create(CultureInfo.InvariantCulture, $"{cost.AdderCount} adders, {cost.Multipliers.Values.Sum()} multipliers, {cost.TableBits} table bits, depth {cost.Depth}"),
        };
        return lines.ToArray();
    }

    private string Guard(string name) => unit.Names.Guard($"HGQ_{options.Namespace}_{name}_H");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Descriptions;

/// <summary>The names of ports and layers of a description: who reads whom.</summary>
internal sealed class DescribedNames
{
    private readonly DescriptionText _text;
    private readonly IReadOnlyList<DescribedPort> _ports;
    private readonly List<string> _known = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private string[] _all = [];

    public DescribedNames(DescriptionText text, IReadOnlyList<DescribedPort> ports)
    {
        (_text, _ports) = (text, ports);
        foreach (DescribedPort port in ports)
        {
            if (_known.Contains(port.Name))
            {
                throw text.Fail(port.Offset, $"inputs: two are named \"{port.Name}\"; give each a name of its own.");
            }

            _known.Add(port.Name);
        }
    }

    /// <summary>The names of all layers, given or made of the kind with a number.</summary>
    public IReadOnlyList<string> Declare(IReadOnlyList<DescriptionObject> layers)
    {
        var used = new HashSet<string>(_known, StringComparer.Ordinal);
        var names = new string?[layers.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = layers[i].String("name");
            DescriptionReader.RequireIdentifier(layers[i], "name", names[i]);
            if (names[i] is { } name && !used.Add(name))
            {
                throw layers[i].Fail("name", $"\"{name}\" stands twice; a layer can be used only once: give this one a name of its own.");
            }
        }

        for (int i = 0; i < names.Length; i++)
        {
            string kind = (layers[i].String("kind") ?? "layer").Replace('-', '_');
            names[i] ??= Enumerable.Range(1, names.Length + used.Count).Select(n => FormattableString.Invariant($"{kind}_{n}")).First(used.Add);
        }

        return _all = [.. names.Select(static name => name!)];
    }

    /// <summary>What a layer reads: the names it gives, or the layer above it. From here on others may read it.</summary>
    public IReadOnlyList<string> Inputs(DescriptionObject layer, string name, string kind)
    {
        IReadOnlyList<(string Word, int Offset)> inputs = layer.OptionalStrings("inputs") ?? [(Above(layer), layer.Offset)];
        foreach ((string input, int offset) in inputs)
        {
            Require(layer.PathOf("inputs"), input, offset);
            if (_ports.Any(port => port.Name == input) && !LayerKinds.ReadsReals(kind))
            {
                throw _text.Fail(
                    offset, $"{layer.PathOf("inputs")}: \"{name}\" reads the real numbers of the input \"{input}\"; put a layer of the kind quantize or signature between them.");
            }

            _read.Add(input);
        }

        _known.Add(name);
        return [.. inputs.Select(static input => input.Word)];
    }

    /// <summary>The output layers: those that are named, or the last one. Every other layer and port must be read.</summary>
    public IReadOnlyList<string> Outputs(IReadOnlyList<DescribedLayer> layers, IReadOnlyList<(string Word, int Offset)>? named)
    {
        IReadOnlyList<(string Word, int Offset)> outputs = named ?? [(layers[^1].Name, layers[^1].Offset)];
        foreach ((string output, int offset) in outputs)
        {
            Require("outputs", output, offset);
            if (_ports.Any(port => port.Name == output))
            {
                throw _text.Fail(offset, $"outputs: \"{output}\" is an input; name layers.");
            }
        }

        string[] words = [.. outputs.Select(static output => output.Word)];
        if (layers.FirstOrDefault(layer => !_read.Contains(layer.Name) && !words.Contains(layer.Name)) is { } idle)
        {
            throw _text.Fail(idle.Offset, $"{idle.Path}: nobody reads \"{idle.Name}\"; let a layer read it, name it in outputs, or remove it.");
        }

        return _ports.FirstOrDefault(port => !_read.Contains(port.Name)) is { } unread
            ? throw _text.Fail(unread.Offset, $"inputs: nobody reads \"{unread.Name}\"; let a layer read it, or remove it.")
            : words;
    }

    private string Above(DescriptionObject layer) =>
        _known.Count > _ports.Count || _ports.Count == 1
            ? _known[^1]
            : throw layer.Fail("inputs", $"there are several inputs ({string.Join(", ", _known)}); name the one that this layer reads.");

    private void Require(string path, string name, int offset)
    {
        if (_known.Contains(name))
        {
            return;
        }

        throw _text.Fail(offset, _all.Contains(name)
            ? $"{path}: \"{name}\" stands further down; a layer can read only what stands above it: change the order."
            : $"{path}: there is no \"{name}\"; known here: {string.Join(", ", _known)}.{DescriptionObject.Suggest(name, _known)}");
    }
}

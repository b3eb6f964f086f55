using System;
using System.Collections.Generic;
using HGQ.HlsEmit.Dialects;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Text;

/// <summary>
/// Every name that a project declares: identifiers, files and guards. Names of a model take what is derived from them as well
/// (<c>x_t</c>, <c>x_stream</c>), so nothing that is declared later meets them. Case does not count, because names become files.
/// </summary>
internal sealed class ProjectNames
{
    // Long enough for what is put together from two names.
    private const int MostCharacters = 200;

    private static readonly string[] PortForms = ["{0}", "{0}_t", "{0}_low", "{0}_element", "{0}_stream", "{0}_stream_element", "write_{0}", "write_{0}_process",
        "{0}_word", "{0}_words", "{0}_sample", "take_{0}", "send_{0}"];
    private static readonly string[] LayerForms = ["{0}", "{0}_parts", "{0}_process"];
    private static readonly string[] BufferForms = ["{0}_wires", "{0}_y", "{0}_token"];

    private readonly NameTable _identifiers = new(Rules(CppWords.Layers));
    private readonly NameTable _files = new(Rules(CppWords.Devices));
    private readonly NameTable _guards = new(Rules(new WordSet(StringComparer.Ordinal)));

    /// <summary>The names of a project with a top function and a namespace.</summary>
    public ProjectNames(string top, string space, CppDialect dialect)
    {
        Dialect = dialect;
        _identifiers.Reserve(top, space);
    }

    /// <summary>How types and directives are written, and so what names mean already.</summary>
    public CppDialect Dialect { get; }

    /// <summary>Takes the name of a port.</summary>
    public string Port(string name) => _identifiers.Claim(CppName.Port(name, Dialect.Types), PortForms);

    /// <summary>Takes the name of a layer, and its files.</summary>
    public string Layer(string name)
    {
        var taken = _identifiers.Claim(CppName.Layer(name, Dialect.Types), LayerForms);
        _files.Reserve(taken, taken + "_parts");
        return taken;
    }

    /// <summary>Takes the name of a buffer, from which those of its struct and its variable come.</summary>
    public string Buffer(string name) => _identifiers.Claim(CppName.Layer(name, Dialect.Types), BufferForms);

    /// <summary>Takes an identifier with what is derived from it.</summary>
    public string Identifier(string wanted, params IReadOnlyList<string> forms) => forms.Count == 0 ? _identifiers.Claim(wanted) : _identifiers.Claim(wanted, forms);

    /// <summary>Takes the name of a further file of a layer, without extension.</summary>
    public string File(string wanted) => _files.Claim(wanted);

    /// <summary>Takes the guard of a header.</summary>
    public string Guard(string wanted) => _guards.Claim(wanted.ToUpperInvariant());

    private static NameRules Rules(WordSet reserved) => new(reserved, MostCharacters) { IgnoresCase = true };
}

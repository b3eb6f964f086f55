using System.Linq;
using HGQ.Model.Naming;

namespace HGQ.VerilogEmit.Names;

/// <summary>
/// Every name that a project takes from a model: modules, which are files too, and what the top module declares. Case does not count.
/// </summary>
internal sealed class ProjectNames
{
    // Long enough for what is put together from two names.
    private const int MostCharacters = 200;

    private static readonly string[] TopForms =
        ["{0}", "{0}_tb", "{0}_sim", "{0}_axis", "{0}_axis_tb", "{0}_component", "{0}_samples", "{0}_fifo"];
    private static readonly string[] LayerForms = ["u_{0}", "{0}_y"];

    private readonly NameTable _modules = new(Rules(VerilogWords.Languages));
    private readonly NameTable _inside = new(Rules(VerilogWords.TopModule));
    private readonly string _top;

    /// <summary>The names of a project with a top module.</summary>
    public ProjectNames(string top)
    {
        _top = top;
        _modules.Reserve([.. TopForms.Select(form => form.Replace("{0}", top, System.StringComparison.Ordinal))]);
        _inside.Reserve(top);
    }

    /// <summary>Takes the name of a port.</summary>
    public string Port(string name) => _inside.Claim(VerilogName.Port(name));

    /// <summary>Takes a name for a layer: its instance is this behind <c>u_</c>, the bus of its results this with <c>_y</c>.</summary>
    public string Layer(string name) => _inside.Claim(VerilogName.Layer(name), LayerForms);

    /// <summary>Takes the name of a layer's module.</summary>
    public string Module(string layer) => _modules.Claim($"{_top}_{layer}");

    private static NameRules Rules(WordSet reserved) => new(reserved, MostCharacters) { IgnoresCase = true };
}

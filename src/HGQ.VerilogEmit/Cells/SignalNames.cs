using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.VerilogEmit.Plans;

namespace HGQ.VerilogEmit.Cells;

/// <summary>What the signals of a netlist are called in one module, and numbers for what is declared there.</summary>
internal sealed class SignalNames
{
    private readonly Dictionary<int, Bit> _names = new() { [0] = Bit.Zero, [1] = Bit.One };
    private int _numbers;

    /// <summary>The name of a signal.</summary>
    public Bit this[int signal]
    {
        get => _names[signal];
        set => _names[signal] = value;
    }

    /// <summary>A number that nothing else in the module has.</summary>
    public int NextNumber() => _numbers++;

    /// <summary>A wire of its own for a signal.</summary>
    public Bit Wire(int signal)
    {
        var wire = new Bit(string.Create(CultureInfo.InvariantCulture, $"w{NextNumber()}"));
        _names[signal] = wire;
        return wire;
    }

    /// <summary>Names signals as the bits of a vector, from bit 0 on.</summary>
    public void Vector(string name, IEnumerable<int> signals)
    {
        int index = 0;
        foreach (int signal in signals)
        {
            _names[signal] = new Bit(name, index++);
        }
    }

    /// <summary>Signals as one expression.</summary>
    /// <param name="signals">Least significant first, at least one.</param>
    /// <param name="indent">Spaces before lines that follow.</param>
    public string Join(IEnumerable<int> signals, int indent) => Bit.Join([.. signals.Select(signal => _names[signal])], indent);
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Layout;

/// <summary>
/// The type of all elements of a port: the narrowest fixed-point type that holds every element's format. An element's code
/// stands <see cref="Low"/> bits above the lowest one; taking it out is wiring.
/// </summary>
internal sealed class PortType
{
    /// <summary>Widest port type that the stand-in header and the vendor's types hold alike.</summary>
    public const int MaxWidth = 128;

    private readonly IReadOnlyList<FixedPointFormat> _formats;
    private readonly bool _signed;
    private readonly int _integerBits;
    private readonly int _fractionBits;

    /// <summary>The type of elements of these formats.</summary>
    /// <exception cref="HlsEmitException">No type of up to 128 bits holds them all.</exception>
    public PortType(string name, IReadOnlyList<FixedPointFormat> formats, CppDialect dialect)
    {
        Dialect = dialect;
        _formats = formats;
        var held = formats.Where(format => !format.IsZero).ToList();
        Name = name;
        Exists = held.Count > 0;
        if (!Exists)
        {
            return;
        }

        _signed = held.Any(format => format.Signed);
        _integerBits = held.Max(format => format.IntegerBits);
        _fractionBits = held.Max(format => format.FractionBits);
        if ((long)_integerBits + _fractionBits + (_signed ? 1 : 0) > MaxWidth)
        {
            throw new HlsEmitException(string.Create(
                CultureInfo.InvariantCulture,
                $"The port '{name}' needs {(long)_integerBits + _fractionBits + (_signed ? 1 : 0)} bits to hold formats from 2^{_integerBits} down to 2^-{_fractionBits}; at most {MaxWidth} are possible. Give its elements formats that lie closer together."));
        }
    }

    /// <summary>Name of the port.</summary>
    public string Name { get; }

    /// <summary>How its type is written.</summary>
    public CppDialect Dialect { get; }

    /// <summary>Whether any element has bits; a port without any does not exist.</summary>
    public bool Exists { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _formats.Count;

    /// <summary>Bits of an element.</summary>
    public int Width => _integerBits + _fractionBits + (_signed ? 1 : 0);

    /// <summary>Type of the element's raw bits.</summary>
    public WireType Raw => new(_signed, Width);

    /// <summary>Format of an element.</summary>
    public FixedPointFormat Format(int element) => _formats[element];

    /// <summary>Position of an element's lowest bit.</summary>
    public int Low(int element) => _formats[element].IsZero ? 0 : _fractionBits - _formats[element].FractionBits;

    /// <summary>The C++ type, with what happens when a number is assigned.</summary>
    public string Cpp(string modes) => Dialect.Fixed(Raw, _integerBits + (_signed ? 1 : 0), modes);

    /// <summary>The type of its codes as C++.</summary>
    public string RawCpp => Dialect.Integer(Raw);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>
/// Constants that differ from element to element of an element-wise instruction. What repeats (the channels of an image) is
/// stored once; what is the same everywhere becomes a literal.
/// </summary>
internal sealed class ElementColumns
{
    private readonly int _length;
    private readonly List<long[]> _columns = new();

    public ElementColumns(int length) => _length = length;

    /// <summary>Elements after which all columns repeat; 1 where nothing differs. Valid when all columns are added.</summary>
    public int Period { get; private set; } = 1;

    /// <summary>Adds a column with a value per element.</summary>
    public int Add(IEnumerable<long> values)
    {
        _columns.Add(values.ToArray());
        return _columns.Count - 1;
    }

    /// <summary>Leaves all elements apart: the loop's index is the element.</summary>
    public void KeepAll() => Period = _length;

    /// <summary>Finds the period; call when all columns are there.</summary>
    public void Complete()
    {
        for (Period = 1; Period < _length; Period++)
        {
            if (_length % Period == 0 && _columns.All(Repeats))
            {
                return;
            }
        }
    }

    /// <summary>Whether all elements of a column have this value.</summary>
    public bool IsAll(int column, BigInteger value) => _columns[column].All(entry => entry == value);

    /// <summary>The value of all elements of a column, or null where they differ.</summary>
    public long? Uniform(int column)
    {
        long[] values = _columns[column];
        return values.Length > 0 && Array.TrueForAll(values, value => value == values[0]) ? values[0] : null;
    }

    /// <summary>The entries of a column up to where all columns repeat.</summary>
    public long[] OnePeriod(int column) => _columns[column].Take(Period).ToArray();

    /// <summary>A column's value for element <paramref name="index"/> of a period; declares its table where it is no literal.</summary>
    public string Expression(Kernel kernel, int column, string index) => Uniform(column) is { } value
        ? Literal.Plain(value)
        : $"{kernel.LocalTable(OnePeriod(column))}[{index}]";

    private bool Repeats(long[] column)
    {
        for (int n = Period; n < column.Length; n++)
        {
            if (column[n] != column[n - Period])
            {
                return false;
            }
        }

        return true;
    }
}

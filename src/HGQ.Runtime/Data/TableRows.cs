using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Collects the rows of a table while it is read.</summary>
internal sealed class TableRows
{
    private readonly List<double> _values = [];
    private readonly List<string> _target = [];
    private readonly List<int> _lines = [];

    public TableRows(TableColumns columns) => Columns = columns;

    public TableColumns Columns { get; }

    public int Dropped { get; set; }

    public int Count => _lines.Count;

    public void Add(double value) => _values.Add(value);

    public void EndRow(int line, List<string> fields)
    {
        _lines.Add(line);
        if (Columns.Target >= 0)
        {
            _target.Add(fields[Columns.Target]);
        }
    }

    public DelimitedTable ToTable(string file)
    {
        var features = new NumericArray(_values.ToArray(), [_lines.Count, Columns.Features.Length]);
        string[] names = [.. Columns.Features.Select(c => Columns.Header[c])];
        return new DelimitedTable(
            file, names, features, Columns.Target < 0 ? null : _target, Columns.Target + 1, _lines, Dropped);
    }
}

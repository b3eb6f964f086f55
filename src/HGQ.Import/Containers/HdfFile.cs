using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PureHDF;

namespace HGQ.Import.Containers;

/// <summary>The numbers of an HDF5 file by their paths, and the texts that stand beside them.</summary>
internal sealed class HdfFile
{
    private const int MostDepth = 32;
    private const long MostElements = 1 << 26;

    private readonly Dictionary<string, HdfArray> _arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly string _path;
    private long _elements;

    private HdfFile(string path) => _path = path;

    /// <summary>Paths of all data sets.</summary>
    public IEnumerable<string> Paths => _arrays.Keys;

    public static HdfFile Read(byte[] bytes, string path)
    {
        var file = new HdfFile(path);
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var hdf = H5File.Open(stream);
            file.Add(hdf, "", 0);
        }
        catch (Exception fault) when (fault is not (ImportException or OutOfMemoryException))
        {
            // The library answers a damaged file with exceptions of many kinds.
            throw new ImportException("", $"{path} is no readable HDF5 file, or a damaged one: {fault.Message}", fault);
        }

        return file;
    }

    public bool HasGroup(string path) => _groups.Contains(path);

    public HdfArray? Find(string path) => _arrays.GetValueOrDefault(path);

    /// <summary>The texts of an attribute of a group, "group@name".</summary>
    public string[]? Texts(string group, string name) => _texts.GetValueOrDefault(group + "@" + name);

    private void Add(IH5Group group, string path, int depth)
    {
        if (depth > MostDepth)
        {
            throw new ImportException("", $"{_path} nests groups deeper than {MostDepth}");
        }

        _groups.Add(path);
        foreach (IH5Attribute attribute in group.Attributes())
        {
            if (attribute.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength)
            {
                _texts[path + "@" + attribute.Name] = attribute.Space.Rank == 0 ? [attribute.Read<string>()] : attribute.Read<string[]>();
            }
        }

        foreach (IH5Object child in group.Children())
        {
            string inner = path.Length == 0 ? child.Name : path + "/" + child.Name;
            if (child is IH5Group deeper)
            {
                Add(deeper, inner, depth + 1);
            }
            else if (child is IH5Dataset data && data.Type.Class is H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint)
            {
                _arrays.Add(inner, Numbers((IH5Dataset)child, inner));
            }
        }
    }

    private HdfArray Numbers(IH5Dataset data, string path)
    {
        ulong[] dimensions = data.Space.Dimensions;
        long size = 1;
        foreach (ulong dimension in dimensions)
        {
            // Checked before anything is allocated for it.
            size = dimension > (ulong)MostElements ? MostElements + 1 : size * (long)dimension;
            if (size > MostElements)
            {
                throw new ImportException("", $"{_path}: {path} has more than {MostElements} numbers");
            }
        }

        _elements += size;
        if (_elements > MostElements)
        {
            throw new ImportException("", $"{_path} has more than {MostElements} numbers");
        }

        bool real = data.Type.Class == H5DataTypeClass.FloatingPoint;
        return new HdfArray([.. dimensions.Select(static d => (int)d)], size == 0 ? [] : Read(data, real, dimensions.Length == 0), !real);
    }

    private double[] Read(IH5Dataset data, bool real, bool scalar) => (real, data.Type.Size) switch
    {
        (true, 8) => All<double>(data, scalar, static x => x),
        (true, 4) => All<float>(data, scalar, static x => x),
        (true, 2) => All<Half>(data, scalar, static x => (double)x),
        (false, 1) when data.Type.FixedPoint.IsSigned => All<sbyte>(data, scalar, static x => x),
        (false, 1) => All<byte>(data, scalar, static x => x),
        (false, 2) when data.Type.FixedPoint.IsSigned => All<short>(data, scalar, static x => x),
        (false, 2) => All<ushort>(data, scalar, static x => x),
        (false, 4) when data.Type.FixedPoint.IsSigned => All<int>(data, scalar, static x => x),
        (false, 4) => All<uint>(data, scalar, static x => x),
        (false, 8) when data.Type.FixedPoint.IsSigned => All<long>(data, scalar, static x => x),
        (false, 8) => All<ulong>(data, scalar, static x => x),
        _ => throw new ImportException("", $"{_path}: numbers of {data.Type.Size} bytes are not read"),
    };

    private static double[] All<T>(IH5Dataset data, bool scalar, Func<T, double> convert)
        => scalar ? [convert(data.Read<T>())] : Array.ConvertAll(data.Read<T[]>(), x => convert(x));
}

/// <summary>Numbers and their shape; all types that are read fit into doubles, but for integers above 2^53.</summary>
/// <param name="Shape">Sizes; empty for a single number.</param>
/// <param name="Values">Row-major.</param>
/// <param name="IsInteger">Whether the file stores integers.</param>
internal sealed record HdfArray(int[] Shape, double[] Values, bool IsInteger);

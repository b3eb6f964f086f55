using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

public class ArrayReaderTests
{
    [Fact]
    public void Idx_bytes_and_big_endian_numbers_are_read()
    {
        NumericArray bytes = IdxReader.Parse("i", [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 255]);
        Assert.Equal([2, 2], bytes.Shape);
        Assert.Equal(255.0, bytes[3]);
        Assert.True(bytes.IsInteger);
        Assert.Equal(-2.0, IdxReader.Parse("i", [0, 0, 0x0B, 1, 0, 0, 0, 1, 0xFF, 0xFE])[0]);
        Assert.Equal(1.5, IdxReader.Parse("i", [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0])[0]);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4 }, "bytes that are no IDX header")]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 1, 0 }, "bytes that are no IDX header")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "8 bytes")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "10 bytes")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "10 bytes")]
    [InlineData(new byte[] { 0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 }, "16 bytes")]
    public void A_damaged_idx_file_is_refused(byte[] bytes, string found) =>
        Assert.Equal(found, Assert.Throws<DataFormatException>(() => IdxReader.Parse("i", bytes)).Found);

    [Theory]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 }, 1.5, -2)]
    [InlineData(">f4", new byte[] { 0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0 }, 1.5, -2)]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF, 1, 0 }, -2, 1)]
    [InlineData("|u1", new byte[] { 7, 255 }, 7, 255)]
    [InlineData("|i1", new byte[] { 0x80, 0x7F }, -128, 127)]
    [InlineData("<u2", new byte[] { 0xFF, 0xFF, 1, 0 }, 65535, 1)]
    [InlineData("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0 }, -2, 1)]
    [InlineData("<u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0 }, 4294967295, 1)]
    [InlineData("|b1", new byte[] { 0, 1 }, 0, 1)]
    [InlineData("<f2", new byte[] { 0, 0x3E, 0, 0xC0 }, 1.5, -2)]
    [InlineData(">u8", new byte[] { 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 7 }, 256, 7)]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255 }, 1, -1)]
    public void Npy_arrays_are_read(string type, byte[] data, double first, double second)
    {
        NumericArray array = NpyReader.Parse("n", Npy(type, "False", "(1, 2)", data));
        Assert.Equal([1, 2], array.Shape);
        Assert.Equal((first, second), (array[0], array[1]));
    }

    [Theory]
    [InlineData("<f4", "False", "(1, 2)", 7, "7 bytes")]
    [InlineData("<f4", "False", "(99999, 99999, 99999, 99999)", 8, "8 bytes")]
    [InlineData("<c8", "False", "(1,)", 8, "elements of type '<c8'")]
    [InlineData("|S5", "False", "(1,)", 5, "elements of type '|S5'")]
    [InlineData("|O", "False", "(1,)", 5, "elements of type '|O'")]
    [InlineData("<U3", "False", "(120,)", 1440, "elements of type '<U3'")]
    [InlineData("<f16", "False", "(1,)", 16, "elements of type '<f16'")]
    [InlineData("<M8[ns]", "False", "(1,)", 8, "elements of type '<M8[ns]'")]
    [InlineData("|V4", "False", "(1,)", 3, "elements of type '|V4'")]
    [InlineData("<f4", "False", "(-1, 2)", 8, "the header {'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2), }")]
    public void An_unfit_npy_file_is_refused(string type, string fortran, string shape, int bytes, string found) =>
        Assert.Equal(
            found, Assert.Throws<DataFormatException>(() => NpyReader.Parse("n", Npy(type, fortran, shape, new byte[bytes]))).Found);

    [Fact]
    public void Arrays_and_their_labels_become_a_data_set()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Combine("x.npy"), Npy("|u1", "False", "(4, 1, 2)", [1, 2, 3, 4, 5, 6, 7, 8]));
        File.WriteAllBytes(folder.Combine("y.npy"), Npy("|u1", "False", "(4,)", [9, 7, 9, 7]));
        Dataset data = DatasetLoader.Load(folder.Combine("x.npy"), new DataOptions { Target = folder.Combine("y.npy") }).Data;
        Assert.Equal([1, 2], data.SampleShape);
        var labels = Assert.IsType<ClassLabels>(data.Target);
        Assert.Equal([1, 0, 1, 0], labels.Labels);
        Assert.Equal(["7", "9"], labels.ClassNames);
        Assert.Equal([0.75f, 1f], data.Prepare([1], FeatureScaling.Divide(4)));
        File.WriteAllBytes(folder.Combine("y.npy"), Npy("|u1", "False", "(3,)", [9, 7, 9]));
        Assert.Equal(
            "3 labels",
            Assert.Throws<DataFormatException>(
                () => DatasetLoader.Load(folder.Combine("x.npy"), new DataOptions { Target = folder.Combine("y.npy") })).Found);
    }

    [Fact]
    public void Fortran_order_is_turned_into_rows()
    {
        NumericArray array = NpyReader.Parse("n", Npy("|u1", "True", "(2, 3)", [1, 4, 2, 5, 3, 6]));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], Enumerable.Range(0, 6).Select(i => array[i]));
        NumericArray cube = NpyReader.Parse("n", Npy("|u1", "True", "(2, 1, 2)", [1, 3, 2, 4]));
        Assert.Equal([1.0, 2, 3, 4], Enumerable.Range(0, 4).Select(i => cube[i]));
    }

    [Fact]
    public void A_structured_type_is_named_as_it_stands()
    {
        byte[] bytes = Npy("x", "False", "(1,)", new byte[8]);
        string header = Encoding.ASCII.GetString(bytes, 10, bytes.Length - 18).Replace("'x'", "[('a', '<f4'), ('b', '<i4')]", StringComparison.Ordinal);
        byte[] structured = [.. bytes[..8], (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[8]];
        Assert.Equal(
            "elements of type '[('a', '<f4'), ('b', '<i4')]'", Assert.Throws<DataFormatException>(() => NpyReader.Parse("n", structured)).Found);
    }

    [Theory]
    [InlineData("<U3", "yesno\0no\0yes", "no,yes")]
    [InlineData(">U2", "ä\0b\0b\0ä\0", "b,ä")]
    [InlineData("|S3", "yesno\0no\0yes", "no,yes")]
    [InlineData("<i8", "9007199254740992,9007199254740993,9007199254740993,9007199254740992", "9007199254740992,9007199254740993")]
    [InlineData("<u8", "18446744073709551615,18446744073709551614,18446744073709551614,18446744073709551615", "18446744073709551614,18446744073709551615")]
    public void Labels_of_arrays_are_told_apart_as_text(string type, string content, string classes)
    {
        byte[] data = type[1] switch
        {
            'U' => (type[0] == '<' ? Encoding.UTF32 : new UTF32Encoding(bigEndian: true, byteOrderMark: false)).GetBytes(content),
            'S' => Encoding.UTF8.GetBytes(content),
            'i' => [.. content.Split(',').SelectMany(n => BitConverter.GetBytes(long.Parse(n, CultureInfo.InvariantCulture)))],
            _ => [.. content.Split(',').SelectMany(n => BitConverter.GetBytes(ulong.Parse(n, CultureInfo.InvariantCulture)))],
        };
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Combine("x.npy"), Npy("|u1", "False", "(4, 1)", [1, 2, 3, 4]));
        File.WriteAllBytes(folder.Combine("y.npy"), Npy(type, "False", "(4,)", data));
        var options = new DataOptions { Target = folder.Combine("y.npy"), Task = LearningTask.Classification };
        var labels = Assert.IsType<ClassLabels>(DatasetLoader.Load(folder.Combine("x.npy"), options).Data.Target);
        Assert.Equal(classes.Split(','), labels.ClassNames);
        Assert.Equal(labels.Labels[0], labels.Labels[3]);
        Assert.Equal(labels.Labels[1], labels.Labels[2]);
    }

    [Theory]
    [InlineData("|S2", new byte[] { 65, 0xFF, 66, 0, 65, 0, 66, 0 }, "an empty label, or one that is no text, in row 0 (from 0)")]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "NaN in row 0 (from 0)")]
    public void Labels_that_are_none_are_refused(string type, byte[] data, string found)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Combine("x.npy"), Npy("|u1", "False", "(4, 1)", [1, 2, 3, 4]));
        File.WriteAllBytes(folder.Combine("y.npy"), Npy(type, "False", "(4,)", data));
        var options = new DataOptions { Target = folder.Combine("y.npy") };
        Assert.Equal(found, Assert.Throws<DataFormatException>(() => DatasetLoader.Load(folder.Combine("x.npy"), options)).Found);
    }

    [Fact]
    public void A_feature_beyond_float32_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        byte[] data = [.. new[] { 1.0, 2, 3, 1e39 }.SelectMany(BitConverter.GetBytes)];
        File.WriteAllBytes(folder.Combine("x.npy"), Npy("<f8", "False", "(2, 2)", data));
        File.WriteAllBytes(folder.Combine("y.npy"), Npy("|u1", "False", "(2,)", [0, 1]));
        var options = new DataOptions { Target = folder.Combine("y.npy") };
        var e = Assert.Throws<DataFormatException>(() => DatasetLoader.Load(folder.Combine("x.npy"), options));
        Assert.Equal("1E+39 in row 1, feature 1 (from 0)", e.Found);
    }

    private static byte[] Npy(string type, string fortran, string shape, byte[] data)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        return [.. magic, .. length, .. header, .. data];
    }
}

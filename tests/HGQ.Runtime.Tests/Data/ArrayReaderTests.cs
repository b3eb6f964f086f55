using System;
using System.Buffers.Binary;
using System.IO;
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
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255 }, 1, -1)]
    public void Npy_arrays_are_read(string type, byte[] data, double first, double second)
    {
        NumericArray array = NpyReader.Parse("n", Npy(type, "False", "(1, 2)", data));
        Assert.Equal([1, 2], array.Shape);
        Assert.Equal((first, second), (array[0], array[1]));
    }

    [Theory]
    [InlineData("<f4", "True", "(1, 2)", 8, "an array in Fortran order")]
    [InlineData("<f4", "False", "(1, 2)", 7, "7 bytes")]
    [InlineData("<f4", "False", "(99999, 99999, 99999, 99999)", 8, "8 bytes")]
    [InlineData("<c8", "False", "(1,)", 8, "elements of type '<c8'")]
    [InlineData("|S5", "False", "(1,)", 5, "elements of type '|S5'")]
    [InlineData("|O", "False", "(1,)", 5, "elements of type '|O'")]
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
            "shape (3)",
            Assert.Throws<DataFormatException>(
                () => DatasetLoader.Load(folder.Combine("x.npy"), new DataOptions { Target = folder.Combine("y.npy") })).Found);
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

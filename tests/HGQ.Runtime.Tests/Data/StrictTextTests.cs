using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

public sealed class StrictTextTests
{
    [Theory]
    [InlineData("a,b,name\n1,2,M\u00F6ller\n", 2, 3)]
    [InlineData("a,b\u00FC,name\n1,2,x\n", 1, 2)]
    [InlineData("a,b,name\r\n1,2,x\r\n\u00E9,2,x\r\n", 3, 1)]
    [InlineData("a\tb\tname\n1\t\"x\ny\u00E9\"\tz\n", 2, 2)]
    [InlineData("\u00E9", 1, 1)]
    public void Bytes_that_are_no_utf8_are_refused_with_line_and_column(string text, int line, int column)
    {
        var e = Assert.Throws<DataFormatException>(() => Read(Encoding.Latin1.GetBytes(text)));
        Assert.Equal((line, column), ((int)e.Line, e.Column));
        Assert.Matches("^the byte 0x[EF][0-9A-F], which is no UTF-8$", e.Found);
        Assert.Contains("iconv", e.Remedy);
    }

    [Fact]
    public void Utf8_is_read_with_and_without_a_mark()
    {
        byte[] text = Encoding.UTF8.GetBytes("a,b,name\n1,2,Möller\n3,4,Müller\n");
        Assert.Equal(["Möller", "Müller"], Read(text).Target!);
        Assert.Equal(["Möller", "Müller"], Read([.. Encoding.UTF8.Preamble, .. text]).Target!);
        Assert.Equal("text in UTF-16", Assert.Throws<DataFormatException>(() => Read([.. Encoding.Unicode.Preamble, 65, 0])).Found);
        Assert.StartsWith("a zip archive", Assert.Throws<DataFormatException>(() => Read("PK\u0003\u0004..."u8.ToArray())).Found);
    }

    [Fact]
    public void Gzip_members_are_read_one_behind_the_other_and_a_cut_one_is_refused()
    {
        byte[] head = Packed("a,name\n1,x\n"), tail = Packed(string.Concat(Enumerable.Range(0, 500).Select(n => $"{n},y{n}\n")));
        Assert.Equal(501, Read([.. head, .. tail]).RowCount);
        Assert.StartsWith("damaged gzip data", Assert.Throws<DataFormatException>(() => Read([.. head, .. tail[..^12]])).Found);
        Assert.StartsWith("damaged gzip data", Assert.Throws<DataFormatException>(() => Read(tail[..^8])).Found);
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        if (System.OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string pipe = folder.Combine("pipe");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        Task writing = Task.Run(() => File.WriteAllBytes(pipe, Packed("a,name\n1,x\n2,y\n")));
        DelimitedTable table = DelimitedTextReader.Read(pipe, new DelimitedTextOptions { Target = "name" });
        await writing;
        Assert.Equal(["x", "y"], table.Target!);
    }

    [Fact]
    public void Columns_are_chosen_by_name()
    {
        const string text = "id,a,b,name\n7,1,2,x\n8,3,4,y\n";
        DelimitedTable table = DelimitedTextReader.Parse("t", text, new DelimitedTextOptions { Target = "name", Ignored = ["id"] });
        Assert.Equal(["a", "b"], table.FeatureNames);
        table = DelimitedTextReader.Parse("t", text, new DelimitedTextOptions { Target = "name", Features = ["b", "a"] });
        Assert.Equal([2.0, 1, 4, 3], Enumerable.Range(0, 4).Select(i => table.Features[i]));
        Assert.Equal("a left-out column \"nope\"", Refused(new DelimitedTextOptions { Target = "name", Ignored = ["nope"] }).Expected);
        Assert.Equal("the feature \"name\" as the target too", Refused(new DelimitedTextOptions { Target = "name", Features = ["name"] }).Found);
        Assert.StartsWith("the target \"name\" among", Refused(new DelimitedTextOptions { Target = "name", Ignored = ["name"] }).Found);
        Assert.Equal("the feature \"a\" twice", Refused(new DelimitedTextOptions { Target = "name", Features = ["a", "a"] }).Found);

        static DataFormatException Refused(DelimitedTextOptions options) =>
            Assert.Throws<DataFormatException>(() => DelimitedTextReader.Parse("t", text, options));
    }

    private static DelimitedTable Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("t.csv");
        File.WriteAllBytes(path, bytes);
        return DelimitedTextReader.Read(path, new DelimitedTextOptions { Target = "name" });
    }

    private static byte[] Packed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}

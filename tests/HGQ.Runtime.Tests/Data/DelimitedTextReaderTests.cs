using System.IO;
using System.IO.Compression;
using System.Text;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

public class DelimitedTextReaderTests
{
    private static readonly DelimitedTextOptions WithTarget = new() { Target = "y" };

    [Theory]
    [InlineData("a\tb\ty\n1\t-2.5e1\tcat\n")]
    [InlineData("a,b,y\r\n1,-2.5e1,cat\r\n")]
    [InlineData("a;b;y\n1;-2.5e1;cat")]
    [InlineData("a|b|y\r1|-2.5e1|cat\r")]
    [InlineData("\"a\",b,\"y\"\n\"1\", -2.5e1 ,\"cat\"\n\n")]
    public void Finds_the_separator_and_reads_the_row(string text)
    {
        DelimitedTable table = DelimitedTextReader.Parse("t", text, WithTarget);
        Assert.Equal(["a", "b"], table.FeatureNames);
        Assert.Equal([1, 2], table.Features.Shape);
        Assert.Equal(1.0, table.Features[0]);
        Assert.Equal(-25.0, table.Features[1]);
        Assert.Equal(["cat"], table.Target!);
        Assert.Equal(2, table.Lines[0]);
    }

    [Fact]
    public void Quotes_hold_separators_doubled_quotes_and_line_ends()
    {
        DelimitedTable table = DelimitedTextReader.Parse("t", "a,y\n1,\"x,\"\"q\"\"\nz\"\n2,w\n", WithTarget);
        Assert.Equal(["x,\"q\"\nz", "w"], table.Target!);
        Assert.Equal([2, 4], table.Lines);
    }

    [Fact]
    public void Features_are_read_in_the_order_that_is_asked_for()
    {
        var options = new DelimitedTextOptions { Features = ["c", "a"] };
        DelimitedTable table = DelimitedTextReader.Parse("t", "a,b,c\n1,x,3\n", options);
        Assert.Equal(3.0, table.Features[0]);
        Assert.Equal(1.0, table.Features[1]);
    }

    [Fact]
    public void Gzip_is_known_by_its_content_and_a_truncated_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("data.csv");
        byte[] text = Encoding.UTF8.GetBytes("a,y\n1,2\n3,4\n");
        using (var file = new GZipStream(File.Create(path), CompressionLevel.Optimal))
        {
            file.Write(text);
        }

        Assert.Equal(2, DelimitedTextReader.Read(path, WithTarget).RowCount);
        byte[] packed = File.ReadAllBytes(path);
        File.WriteAllBytes(path, packed[..^9]);
        Assert.Throws<DataFormatException>(() => DelimitedTextReader.Read(path, WithTarget));
    }

    [Theory]
    [InlineData("a,b,y\n1,2,3\n1,x,3\n", 3, 2, "b", "\"x\"")]
    [InlineData("a,b,y\n1,2,3\n1,,3\n", 3, 2, "b", "an empty cell")]
    [InlineData("a,b,y\n1,NaN,3\n", 2, 2, "b", "\"NaN\"")]
    [InlineData("a,b,y\n1,2,?\n", 2, 3, "y", "\"?\"")]
    [InlineData("a,b,y\n1,1e999,3\n", 2, 2, "b", "\"1e999\"")]
    [InlineData("a,b,y\n1,2,3\n1,-1e39,3\n", 3, 2, "b", "\"-1e39\"")]
    [InlineData("a,b,y\n1,3.4028236e38,3\n", 2, 2, "b", "\"3.4028236e38\"")]
    [InlineData("a;b;y\n1;1,500;3\n", 2, 2, "b", "\"1,500\"")]
    [InlineData("a,b,y\n1,2\n", 2, 3, null, "2 cells")]
    [InlineData("a,b,y\n1,2,3,4\n", 2, 4, null, "4 cells")]
    [InlineData("a,b,y\n1,\"2,3\n", 2, 2, null, "the end of the file inside quotes")]
    [InlineData("a,b,y\n1,\"2\"x,3\n", 2, 2, null, "'x' after a closing quote")]
    [InlineData("a,a,y\n1,2,3\n", 1, 2, null, "the name \"a\" a second time")]
    [InlineData("a,b,c\n1,2,3\n", 1, 0, null, "the columns a, b, c")]
    [InlineData("y\n1\n", 1, 0, null, "no feature column")]
    [InlineData("a,y\n", 0, 0, null, "no row")]
    [InlineData("\n\n", 0, 0, null, "no line")]
    public void Errors_name_the_place_and_what_stands_there(string text, int line, int column, string? name, string found)
    {
        var e = Assert.Throws<DataFormatException>(() => DelimitedTextReader.Parse("t.csv", text, WithTarget));
        Assert.Equal(("t.csv", line, column, name, found), (e.File, (int)e.Line, e.Column, e.ColumnName, e.Found));
        Assert.Contains(e.Expected, e.Message);
        Assert.EndsWith(e.Remedy, e.Message);
    }

    [Fact]
    public void The_message_reads_as_a_sentence()
    {
        var e = Assert.Throws<DataFormatException>(() => DelimitedTextReader.Parse("t.csv", "a,b,y\n1,x,3\n", WithTarget));
        Assert.Equal(
            "t.csv, line 2, column 2 \"b\": found \"x\", expected a number. "
            + "Numbers are written as 1.5 or 2e-3, without separators of thousands; encode text as numbers, or leave the column out (train: --ignore).",
            e.Message);
    }

    [Fact]
    public void Rows_with_missing_values_are_dropped_on_request_and_counted()
    {
        var options = WithTarget with { Missing = MissingValues.DropRow };
        DelimitedTable table = DelimitedTextReader.Parse("t", "a,y\n1,2\nNA,3\n4,\n5,6\n", options);
        Assert.Equal(2, table.DroppedRows);
        Assert.Equal([2, 5], table.Lines);
    }

    [Fact]
    public void A_file_that_is_not_there_or_empty_or_binary_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("no such file", Assert.Throws<DataFormatException>(() => DelimitedTextReader.Read(folder.Combine("x"), WithTarget)).Found);
        File.WriteAllBytes(folder.Combine("e"), []);
        Assert.Equal("an empty file", Assert.Throws<DataFormatException>(() => DelimitedTextReader.Read(folder.Combine("e"), WithTarget)).Found);
        File.WriteAllBytes(folder.Combine("b"), [65, 0, 66]);
        Assert.Equal("a zero byte at offset 1", Assert.Throws<DataFormatException>(() => DelimitedTextReader.Read(folder.Combine("b"), WithTarget)).Found);
    }
}

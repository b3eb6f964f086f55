using System.IO;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

public sealed class LabelTests
{
    [Theory]
    [InlineData("7,007,12", LabelReading.Text, "007,7,12")]
    [InlineData("9007199254740993,9007199254740992,12", LabelReading.Text, "12,9007199254740992,9007199254740993")]
    [InlineData("1,1.0,2", LabelReading.Text, "1,1.0,2")]
    [InlineData("7,007,12", LabelReading.Numbers, "7,12")]
    [InlineData("-7.50,-7.5,75e-1,0,-0.0", LabelReading.Numbers, "-7.5,0,7.5")]
    [InlineData("9007199254740993,9007199254740992,9007199254740993.0", LabelReading.Numbers, "9007199254740992,9007199254740993")]
    [InlineData("1e300,10e299,1e-300", LabelReading.Numbers, "1e-300,1e300")]
    public void Labels_are_text_unless_asked_to_be_numbers(string cells, LabelReading reading, string classes)
    {
        string rows = string.Concat(cells.Split(',').SelectMany(cell => Enumerable.Repeat($"1;{cell}\n", 3)));
        var labels = Assert.IsType<ClassLabels>(Load("a;y\n" + rows, reading, LearningTask.Classification).Target);
        Assert.Equal(classes.Split(','), labels.ClassNames);
        Assert.Equal("y", labels.Name);
    }

    [Fact]
    public void Texts_of_the_same_number_are_two_classes_with_a_warning()
    {
        Dataset data = Load("a;y\n1;7\n2;007\n3;7\n4;007\n", LabelReading.Text);
        Assert.Contains(data.Warnings, static warning => warning.Contains("\"007\" and \"7\" of \"y\" are the same number", System.StringComparison.Ordinal));
        Assert.DoesNotContain(Load("a;y\n1;7\n2;8\n3;7\n4;8\n", LabelReading.Text).Warnings, static warning => warning.Contains("number", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a;y\n1;7\n2;x\n3;7\n4;x\n", LabelReading.Numbers, null, 3, 2, "\"x\"")]
    [InlineData("a;y\n1;0.5\n2;1e39\n", LabelReading.Text, LearningTask.Regression, 3, 2, "\"1e39\"")]
    [InlineData("a;y\n1;0.5\n2;1,5\n", LabelReading.Text, LearningTask.Regression, 3, 2, "\"1,5\"")]
    [InlineData("a;y\n1;0.5\n2;inf\n", LabelReading.Text, LearningTask.Regression, 3, 2, "\"inf\"")]
    public void A_target_that_is_no_number_is_refused_with_line_and_column(
        string text, LabelReading reading, LearningTask? task, int line, int column, string found)
    {
        var e = Assert.Throws<DataFormatException>(() => Load(text, reading, task));
        Assert.Equal((line, column, found), ((int)e.Line, e.Column, e.Found));
    }

    [Fact]
    public void A_row_far_from_the_others_is_refused_before_it_becomes_infinite()
    {
        Dataset data = Load("a;y\n1;0\n1.0000001;1\n1;0\n3e38;1\n", LabelReading.Text);
        FeatureScaling scaling = FeatureScaling.Standardize(data, [0, 1, 2]);
        var e = Assert.Throws<DataFormatException>(() => data.Prepare([3], scaling));
        Assert.Equal((5, "a"), ((int)e.Line, e.ColumnName));
    }

    private static Dataset Load(string text, LabelReading reading, LearningTask? task = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("t.csv");
        File.WriteAllText(path, text);
        return DatasetLoader.Load(path, new DataOptions { Target = "y", Task = task, Labels = reading }).Data;
    }
}

using System;
using System.IO;
using System.Reflection;

namespace HGQ.Cli.Tests;

public sealed class LiveLineTests
{
    private static readonly MethodInfo Format = Assembly.LoadFrom(Path.ChangeExtension(HgqTool.Path, null) + ".dll")
        .GetType("HGQ.Cli.Terminal.LiveLine", throwOnError: true)!.GetMethod("Format")!;

    [Theory]
    [InlineData(45, 100, 0.08396, "accuracy", 0.975, 56020, 83, " 45 % 45/100 loss 0.084 acc 0.975 56k EBOPs 1:23")]
    [InlineData(1, 1000, 2.3, "accuracy", 0.1, 812, 3, "  0 % 1/1000 loss 2.3 acc 0.1 812 EBOPs 0:03")]
    [InlineData(1000, 1000, 1.234e-10, "rms error", 1.234e-5, 123456789, 0, "100 % loss 1.23E-10 rms 1.23E-05 123M EBOPs 0:00")]
    [InlineData(9999, 1000000, 123456.7, "rms error", 123456.7, 9.9e12, 999999, "  0 % loss 1.23E+05 rms 1.23E+05 277:46 h")]
    public void The_line_fits_and_shows_a_percentage(int epoch, int epochs, double loss, string name, double score, double ebops, int seconds, string line)
    {
        string shown = (string)Format.Invoke(null, [epoch, epochs, loss, name, score, ebops, TimeSpan.FromSeconds(seconds)])!;
        Assert.Equal(line, shown);
        Assert.InRange(shown.Length, 1, 60 - 7);
    }
}

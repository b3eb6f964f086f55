using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>What an option says is taken as it stands, or refused with what to write.</summary>
public sealed class StrictOptionTests
{
    [Theory]
    [InlineData("train d.csv --target t --out run --lr 0,005", "--lr '0,005': expected a positive number; write 0.005")]
    [InlineData("train d.csv --target t --out run --lr 1.000,5", "--lr '1.000,5': expected a positive number; write 1.0005")]
    [InlineData("train d.csv --target t --out run --lr NaN", "--lr 'NaN': expected a positive number")]
    [InlineData("train d.csv --target t --out run --lr 1e999", "--lr '1e999': expected a positive number")]
    [InlineData("train d.csv --target t --out run --epochs 1,000", "--epochs '1,000': expected a positive whole number")]
    [InlineData("train d.csv --target t --out run --epochs 1_000", "--epochs '1_000': expected a positive whole number; write 1000")]
    [InlineData("train d.csv --target t --out run --batch x", "--batch 'x': expected a positive whole number")]
    [InlineData("train d.csv --target t --out run --batch 99999999999", "--batch '99999999999': expected a positive whole number")]
    [InlineData("train d.csv --target t --out run --seed -1", "--seed '-1': expected a whole number from 0 to 18446744073709551615")]
    [InlineData("train d.csv --target t --out run --beta 0,1:1", "--beta '0,1:1': expected two positive numbers, for example 5e-7:1e-4; write 0.1")]
    [InlineData("train d.csv --target t --out run --hidden 64;32", "--hidden '64;32': expected numbers of outputs")]
    [InlineData("train d.csv --target t --out run --features a,,b", "--features 'a,,b': expected names of columns, parted by commas")]
    [InlineData("train d.csv --target t --out run --missing no", "--missing 'no' does not exist")]
    [InlineData("train d.csv --target t --out run --labels words", "--labels 'words' does not exist")]
    [InlineData("train d.csv --target t --out -", "--out - is no folder")]
    [InlineData("train d.csv --target t --out d.csv", "--out d.csv is no folder")]
    [InlineData("emit hls m.hgq.json --out h --clock 1,5", "--clock '1,5': expected a number, not negative; write 1.5")]
    [InlineData("emit hls m.hgq.json --out h --clock-uncertainty 12%", "--clock-uncertainty '12%': expected a number, not negative")]
    [InlineData("emit hls m.hgq.json --out h --samples 1.5", "--samples '1.5': expected a whole number of at least 0")]
    [InlineData("emit hls model.hgq.json --out h --reuse 1,5", "--reuse '1,5' is neither a number of clock cycles")]
    [InlineData("emit hls model.hgq.json --out h --part xcvi13p-flga2577-2-e", "the nearest devices are: xcvu13p,")]
    [InlineData("report-hls no-such", "The folder 'no-such' does not exist; name the folder of an emitted HLS project.")]
    [InlineData("emit hls m.hgq.json --out -", "--out - is no folder")]
    [InlineData("train d.csv --target t --out run --from m.hgq.json --hidden 8", "--from and --hidden both say what the layers are")]
    [InlineData("train d.csv --target t --out run --from m.hgq.json", "HGQ0001: 'm.hgq.json' can't be read: no such file")]
    [InlineData("import m.h5 --out i.hgq.json --config-use all", "--config-use all needs a configuration; name it with --config")]
    [InlineData("import m.h5 --out i.hgq.json --config-use both", "--config-use 'both' does not exist")]
    [InlineData("import m.h5 --out i.hgq.json --bits 8", "--bits belongs to a calibration; it goes with --calibrate DATA")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv --bits 1", "--bits '1': expected a whole number of at least 2")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv --bits 21", "--bits 21: expected 2 to 20 bits")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv --max-error 0", "--max-error '0': expected a positive number")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv --bits 8 --max-error 0.1", "leave one out")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv", "d.csv, line 2, column 3")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate none.csv --target t", "none.csv")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate n.csv --target t", "n.csv, line 2, column 2")]
    [InlineData("import m.h5 --out i.hgq.json --calibrate d.csv --target t", "m.h5")]
    [InlineData("verify m.hgq.json --samples 1,000", "--samples '1,000': expected a whole number of at least 0")]
    [InlineData("verify m.hgq.json --seed 0x1", "--seed '0x1': expected a whole number")]
    [InlineData("inspect m.hgq.json --json=maybe", "unknown argument 'maybe'")]
    [InlineData("inspect @m", "HGQ0001: '@m' can't be read: no such file")]
    [InlineData("inspect .", ". is a folder; its model is ./model.hgq.json")]
    public async Task A_value_that_is_none_is_refused_with_what_to_write(string line, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        File.WriteAllText(folder.Combine("d.csv"), "a,b,t\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n");
        File.WriteAllText(folder.Combine("n.csv"), "a,b,t\n1,nan,x\n3,4,y\n");
        var result = await HgqTool.RunAsync(folder.Path, line.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Plain.Require(result.Error);
        Assert.False(Directory.Exists(folder.Combine("run")));
    }
}

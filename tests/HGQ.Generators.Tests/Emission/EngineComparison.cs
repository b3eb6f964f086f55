using System;
using System.Linq;
using HGQ.Cli.Engines;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Generators.Tests.Emission;

/// <summary>Runs a program through the interpreter and through every entry point of its generated code; all integers must be equal.</summary>
internal static class EngineComparison
{
    public static void AssertEqual(IntegerProgram program, double[] inputs, string note)
    {
        using var model = GeneratedModel.Compile(program);
        var interpreter = new ReferenceInterpreter(program);
        int count = inputs.Length / program.InputSize;
        var samples = inputs.Chunk(program.InputSize).Take(count).ToArray();
        long[] codes = samples.SelectMany(sample => Encode(interpreter, sample)).ToArray();
        long[] expected = samples.SelectMany(interpreter.Predict).ToArray();
        AssertRaw(model, interpreter, samples, expected, note);
        Assert.True(expected.SequenceEqual(model.PredictBatch(codes, count)), $"PredictBatch of codes, {note}");
        foreach (int lanes in GeneratedModel.BlockSizes)
        {
            Assert.True(expected.SequenceEqual(model.PredictBlocks(codes, count, lanes)), $"blocks of {lanes}, {note}");
        }

        double[] reals = samples.SelectMany(sample => interpreter.Decode(interpreter.Predict(sample))).ToArray();
        Assert.Equal(reals, model.PredictBatch(inputs, count));
        float[] singles = Array.ConvertAll(inputs, x => (float)x);
        if (singles.All(float.IsFinite))
        {
            Assert.Equal(singles.Chunk(program.InputSize).SelectMany(sample => model.Predict(sample)), model.PredictBatch(singles, count));
        }
    }

    private static void AssertRaw(GeneratedModel model, ReferenceInterpreter interpreter, double[][] samples, long[] expected, string note)
    {
        int outputs = model.Program.OutputSize;
        for (var n = 0; n < samples.Length; n++)
        {
            long[] wanted = expected[(n * outputs)..((n + 1) * outputs)];
            long[] found = model.PredictRaw(Encode(interpreter, samples[n]));
            Assert.True(wanted.SequenceEqual(found), $"PredictRaw, sample {n}, [{string.Join(' ', wanted)}] against [{string.Join(' ', found)}], {note}");
            foreach (int bits in GeneratedModel.SingleWidths)
            {
                Assert.True(wanted.SequenceEqual(model.PredictRaw(Encode(interpreter, samples[n]), bits)), $"PredictRaw with {bits} bits, sample {n}, {note}");
            }

            Assert.Equal(interpreter.Decode(wanted), model.Predict(samples[n]));
            float[] single = Array.ConvertAll(samples[n], x => (float)x);
            if (single.All(float.IsFinite))
            {
                double[] same = interpreter.Decode(interpreter.Predict(Array.ConvertAll(single, x => (double)x)));
                Assert.Equal(Array.ConvertAll(same, x => (float)x), model.Predict(single));
            }
        }
    }

    private static long[] Encode(ReferenceInterpreter interpreter, double[] sample)
    {
        var codes = new long[interpreter.Program.InputCodeSize];
        interpreter.Encode(sample, codes);
        return codes;
    }
}

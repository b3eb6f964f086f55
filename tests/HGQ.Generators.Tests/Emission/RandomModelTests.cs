using System;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Generators.Tests.Emission;

public class RandomModelTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(24)]
    [InlineData(40)]
    public void Generated_code_equals_the_interpreter_in_every_entry_point(int maxBits)
    {
        int seed = Environment.TickCount;
        for (var n = 0; n < 3; n++)
        {
            var models = new RandomModels(seed + n);
            IntegerProgram program;
            try
            {
                program = Lowerer.Lower(models.Dense(maxBits));
            }
            catch (ModelGraphException)
            {
                // Wider than 64 bits: refused, not wrong.
                continue;
            }

            EngineComparison.AssertEqual(program, models.Reals(37 * program.InputSize), $"seed {seed + n}, up to {maxBits} bits");
        }
    }
}

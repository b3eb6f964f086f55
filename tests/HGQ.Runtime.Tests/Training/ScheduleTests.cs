using System;
using System.Linq;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void Cosine_restarts_follow_the_recipe()
    {
        // RECIPE §3: 1e-4 + ½(5e-3 − 1e-4)(1 + cos(π·(e mod 50)/50)).
        var rate = new CosineRestartSchedule(5e-3, 1e-4, 50);
        Assert.Equal(5e-3, rate.At(0));
        Assert.Equal(2.55e-3, rate.At(25), 1e-18);
        Assert.Equal(1e-4 + (2.45e-3 * (1 + Math.Cos(Math.PI * 49 / 50))), rate.At(49), 1e-18);
        Assert.Equal(5e-3, rate.At(1450));
    }

    [Fact]
    public void The_beta_of_the_recipe_is_constant_then_logarithmic()
    {
        var beta = new PiecewiseSchedule(
            [new(50, new ConstantSchedule(5e-7)), new(1450, new LogarithmicSchedule(5e-7, 2e-4, 1450))]);
        Assert.Equal(5e-7, beta.At(0));
        Assert.Equal(5e-7, beta.At(49));
        Assert.Equal(5e-7, beta.At(50));
        Assert.Equal(5e-7 * Math.Pow(400, 1.0 / 1449), beta.At(51));
        Assert.Equal(5e-7 * Math.Pow(400, 700.0 / 1449), beta.At(750));
        Assert.Equal(2e-4, beta.At(1499));
        Assert.Equal(2e-4, beta.At(2000));
    }

    [Fact]
    public void Linear_pieces_hit_both_ends()
    {
        var linear = new LinearSchedule(1, 3, 5);
        Assert.Equal([1, 1.5, 2, 2.5, 3, 3], new[] { 0, 1, 2, 3, 4, 9 }.Select(linear.At));
        Assert.Equal(3, new LinearSchedule(1, 3, 1).At(0));
    }

    [Fact]
    public void The_controller_settles_where_the_cost_meets_its_target()
    {
        var controller = new EbopsController(1000, Initial: 1e-6, Gain: 0.1);
        double beta = controller.Initial;

        // A plant that answers like the networks do: cost falls as a power of β.
        for (int epoch = 0; epoch < 300; epoch++)
        {
            beta = controller.Next(beta, Cost(beta));
        }

        Assert.Equal(1000, Cost(beta), 1.0);
        Assert.Equal(controller.Max, controller.Next(controller.Max, 1e9));

        static double Cost(double beta) => 3e4 * Math.Pow(beta / 1e-6, -0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_built_in_schedules_end_where_they_should_for_any_number_of_epochs(int epochs)
    {
        RecipeTraining training = RecipeTraining.Standard(epochs, 0.01, 1e-6, 1e-4);
        Assert.Equal(0.01, training.LearningRate.At(0));
        Assert.Equal(1e-6, training.Beta.At(0));
        Assert.Equal(epochs > 1 ? 1e-4 : 1e-6, training.Beta.At(epochs - 1));
    }

    [Fact]
    public void Pieces_must_exist() => Assert.Throws<ArgumentException>(() => new PiecewiseSchedule([]));
}

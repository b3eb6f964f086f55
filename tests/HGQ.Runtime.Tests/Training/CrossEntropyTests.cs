using HGQ.Runtime.Losses;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

/// <summary>The one-pass loss against torch's own.</summary>
public sealed class CrossEntropyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(64, 5)]
    [InlineData(37, 10)]
    [InlineData(5, 40)]
    public void Value_and_gradient_are_those_of_torch(int rows, int classes)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Seeded(17);
        var logits = random.Normal(torch.float64, rows, classes) * 30;
        var labels = torch.arange(rows, dtype: torch.int64).remainder(classes);
        var (ours, theirs) = (logits.clone().requires_grad_(true), logits.clone().requires_grad_(true));
        var (loss, referee) = (new CrossEntropyLoss().Of(ours, labels), torch.nn.functional.cross_entropy(theirs, labels));
        (loss * 3).backward();
        (referee * 3).backward();
        // Terms cancel where a row is certain of its label; the mean of the others decides the precision.
        Assert.Equal(referee.ToDouble(), loss.ToDouble(), 1e-12 * (1 + System.Math.Abs(referee.ToDouble())));
        var (found, expected) = (ours.grad!.Values(), theirs.grad!.Values());
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.Equal(expected[e], found[e], 1e-13);
        }
    }

    [Fact]
    public void Ignored_labels_are_left_to_torch()
    {
        using var scope = torch.NewDisposeScope();
        var logits = new Seeded(3).Normal(torch.float32, 4, 3);
        var labels = torch.tensor(new long[] { 0, -100, 2, 1 });
        Assert.Equal(
            torch.nn.functional.cross_entropy(logits, labels).ToSingle(), new CrossEntropyLoss().Of(logits, labels).ToSingle());
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 1f, float.NaN, 0f, 2f, 1f, 0f }, 2, 3);
        Assert.True(float.IsNaN(new CrossEntropyLoss().Of(logits, torch.tensor(new long[] { 0, 1 })).ToSingle()));
    }
}

using TorchSharp;

namespace HGQ.Runtime.Tests.Platform;

/// <summary>The native library loads on this system and computes.</summary>
public sealed class TorchSharpSmokeTests
{
    [Fact]
    public void A_matrix_product_and_its_gradient_are_those_of_the_textbook()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } }, requires_grad: true);
        var b = torch.tensor(new float[,] { { 5, 6 }, { 7, 8 } });

        var product = a.matmul(b);
        product.sum().backward();

        Assert.Equal([19f, 22f, 43f, 50f], product.data<float>().ToArray());
        Assert.Equal([11f, 15f, 11f, 15f], a.grad!.data<float>().ToArray());
    }
}

using System.Collections.Generic;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Tests.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>
/// Loops as users write them: without any scope, so that only the finalizer frees tensors and ends graphs, and with results taken out of
/// the scope in which they were made.
/// </summary>
internal static class UnscopedScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario("no scope", transcript => Train(static (model, x) => model.forward(x), transcript)),
        new Scenario("outputs that outlive their scope", transcript => Train(ForwardInAScope, transcript)),
        new Scenario("graphs that outlive their scope", Abandon),
    ];

    private static torch.Tensor ForwardInAScope(HgqModel model, torch.Tensor x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return model.forward(x).MoveToOuterDisposeScope();
    }

    private static void Train(System.Func<HgqModel, torch.Tensor, torch.Tensor> forward, Transcript transcript)
    {
        SampleSet samples = Blobs.Samples(64, 3);
        HgqSequential model = Blobs.Network();
        var adam = new HgqAdam(model.parameters());
        model.train();
        for (int step = 0; step < 10; step++)
        {
            adam.ZeroGradients();
            torch.Tensor outputs = forward(model, NewTensor.Of(samples.Features, [samples.Count, Blobs.Features]));
            torch.Tensor loss = new CrossEntropyLoss().Of(outputs, NewTensor.Of(samples.Labels)).Add(model.EbopsLoss());
            loss.Backward();
            adam.Step();
            transcript.Add(loss);
        }

        transcript.Add(forward(model, NewTensor.Of(samples.Features, [samples.Count, Blobs.Features])));
    }

    // Each graph ends on the finalizer's thread while this one makes tensors in the scope that its tensors came from.
    private static void Abandon(Transcript transcript)
    {
        SampleSet samples = Blobs.Samples(64, 3);
        using HgqSequential model = Blobs.Network();
        model.train();
        using DisposeScope scope = torch.NewDisposeScope();
        for (int step = 0; step < 20; step++)
        {
            torch.Tensor x = NewTensor.Of(samples.Features, [samples.Count, Blobs.Features]);
            torch.Tensor loss = new CrossEntropyLoss().Of(model.forward(x), NewTensor.Of(samples.Labels)).DetachFromDisposeScope();
            transcript.Add(loss);
            scope.DisposeEverything();
        }
    }
}

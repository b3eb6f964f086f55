using System;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training;
using TorchSharp;

namespace HGQ.Runtime.Runs;

/// <summary>
/// Exports a network before it is trained, so that what can't be exported is known before the first epoch: the initial network is traced
/// over some rows, as the trained one is over all.
/// </summary>
internal static class ExportCheck
{
    private const int MostRows = 256;

    /// <summary>Traces and exports.</summary>
    /// <param name="model">The initial network in float64; its records change.</param>
    /// <param name="samples">Rows of the data.</param>
    /// <param name="options">How the trained network will be exported.</param>
    /// <param name="description">Where its layers are described, or null.</param>
    /// <exception cref="DescriptionException">A layer of the description can't be exported: names its place.</exception>
    /// <exception cref="ExportException">Another layer can't be exported.</exception>
    public static void Require(HgqModel model, SampleSet samples, ExportOptions options, NetworkDescription? description)
    {
        int rows = Math.Min(MostRows, samples.Count);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor features = NewTensor.Of(samples.Features[..(rows * samples.SampleSize)], [rows, samples.SampleSize]);
        try
        {
            MinmaxTracer.TraceMinmax(model, new SamplePorts(model).Split(features));
            ModelExporter.Export(model, options);
        }
        catch (InexactLayerException e)
        {
            throw Refuse(description, e.Layer, e.Message, e);
        }
        catch (ExportException e)
        {
            throw Refuse(description, e.Layer, e.Message, e);
        }
    }

    private static Exception Refuse(NetworkDescription? description, string layer, string problem, Exception inner) =>
        description?.FailAt(layer, problem, inner) ?? inner as ExportException ?? (Exception)new ExportException(layer, problem, inner);
}

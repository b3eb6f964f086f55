using System;
using HGQ.Benchmarks.Inference.Floats;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>A network whose layers follow each other, as an ONNX graph from <c>x</c> to the name of the last layer; pools and flattening are the same in all number formats.</summary>
internal static class OnnxChain
{
    /// <summary>Writes the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="product">Adds a layer with weights to the graph; its last argument is the name of what the layer reads.</param>
    public static byte[] Write(FloatNetwork network, Action<OnnxGraph, FloatLayer, string> product)
    {
        var graph = new OnnxGraph();
        string last = "x";
        foreach (var layer in network.Layers)
        {
            switch (layer)
            {
                case FloatMaxPool pool:
                    graph.Node("MaxPool", [last], layer.Name, ("kernel_shape", [pool.Height, pool.Width]), ("strides", [pool.Height, pool.Width]));
                    break;
                case FloatFlatten:
                    graph.Node("Flatten", [last], layer.Name);
                    break;
                default:
                    product(graph, layer, last);
                    break;
            }

            last = layer.Name;
        }

        return graph.Model(("x", network.InputShape), (last, network.Layers[^1].Shape));
    }
}

using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>Writes <c>.hgq.json</c> model files (docs/model-format.md): the same model gives the same bytes, on every machine.</summary>
public static class ModelWriter
{
    /// <summary>The text of a model.</summary>
    /// <exception cref="ModelGraphException">The graph contradicts itself.</exception>
    /// <exception cref="ModelFormatException">The graph exceeds a limit of the format, or its metadata is no JSON.</exception>
    public static string Write(ModelGraph graph)
    {
        ShapeInference.Infer(graph, anyOverflow: true);
        var text = new ModelTextWriter();
        text.OpenObject();
        text.Member("format", ModelFile.Format);
        text.Member("version", ModelFile.Version);
        text.Member("name", graph.Name);
        WriteMetadata(text, graph.Metadata);
        WriteLayers(text, graph.Layers);
        WriteOutputs(text, graph.Outputs);
        text.CloseObject();
        text.Verbatim("\n");

        // Nothing leaves that the reader would refuse: metadata may hold anything, and limits are the reader's.
        string written = text.ToString();
        ModelReader.Read(written);
        return written;
    }

    /// <summary>Writes a model file; a crash leaves the old file or the new one, never a part.</summary>
    /// <exception cref="ModelGraphException">The graph contradicts itself.</exception>
    /// <exception cref="ModelFormatException">The graph exceeds a limit of the format, or its metadata is no JSON.</exception>
    /// <exception cref="System.IO.IOException">The file can't be written.</exception>
    public static void WriteFile(ModelGraph graph, string path) => AtomicFile.WriteText(path, Write(graph));

    private static void WriteMetadata(ModelTextWriter text, ModelMetadata metadata)
    {
        text.Name("metadata");
        text.OpenObject();
        if (metadata.Preprocessing.Length > 0)
        {
            text.Name("preprocessing");
            text.OpenArray();
            foreach (Standardization step in metadata.Preprocessing)
            {
                text.Element();
                text.OpenObject();
                text.Member("kind", MetadataReader.Standardize);
                text.Member("input", step.Input);
                text.Member("mean", step.Mean);
                text.Member("scale", step.Scale);
                text.CloseObject();
            }

            text.CloseArray();
        }

        foreach (MetadataEntry entry in metadata.Entries)
        {
            text.Name(entry.Name);
            text.Verbatim(entry.Json);
        }

        text.CloseObject();
    }

    private static void WriteLayers(ModelTextWriter text, EquatableArray<LayerNode> layers)
    {
        var writer = new LayerWriter(text);
        text.Name("layers");
        text.OpenArray();
        foreach (LayerNode layer in layers)
        {
            text.Element();
            writer.Write(layer);
        }

        text.CloseArray();
    }

    private static void WriteOutputs(ModelTextWriter text, EquatableArray<ModelOutput> outputs)
    {
        text.Name("outputs");
        text.OpenArray();
        foreach (ModelOutput output in outputs)
        {
            text.Element();
            text.OpenObject();
            text.Member("name", output.Name);
            text.Member("layer", output.Layer);
            text.CloseObject();
        }

        text.CloseArray();
    }
}

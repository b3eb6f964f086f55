using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Keras.Files;

namespace HGQ.Import.Keras;

/// <summary>The description and the weights of a Keras model, from whatever files hold them.</summary>
/// <param name="Model">Layers.</param>
/// <param name="Weights">Variables.</param>
/// <param name="Kind">System and container, for messages.</param>
internal sealed record KerasSource(KerasModel Model, HdfFile Weights, string Kind)
{
    public static KerasSource Read(IReadOnlyList<SourceFile> files)
    {
        SourceFile? description = files.FirstOrDefault(static file => file.IsJson),
            weights = files.FirstOrDefault(static file => file.IsHdf5);
        if (files.Count == 2 && description is not null && weights is not null)
        {
            return Of(KerasModel.Read(PythonJson.Parse(description.Bytes, description.Path), description.Path),
                HdfFile.Read(weights.Bytes, weights.Path), "json and h5");
        }

        if (files.Count != 1)
        {
            throw new ImportException("", "two files are the description (.json) and the weights (.h5) of a Keras model; else give one "
                + "file");
        }

        SourceFile file = files[0];
        return file.IsZip ? Archive(file) : file.IsHdf5 ? Single(file) : file.IsJson
            ? throw new ImportException("",
                $"{file.Path} describes a model without its weights; give the weights beside it: hgq import "
                    + $"{Path.GetFileName(file.Path)} WEIGHTS.h5")
            : throw Unknown(file);
    }

    private static KerasSource Single(SourceFile file)
    {
        HdfFile hdf = HdfFile.Read(file.Bytes, file.Path);
        string text = hdf.Texts("", "model_config")?[0] ?? throw new ImportException(
            "", $"{file.Path} holds weights without a description; give the description (model.to_json()) beside it: hgq import "
                + $"MODEL.json {Path.GetFileName(file.Path)}");
        return Of(KerasModel.Read(PythonJson.Parse(text, file.Path), file.Path), hdf, "h5");
    }

    private static KerasSource Archive(SourceFile file)
    {
        byte[] config, weights;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file.Bytes, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Any(static entry => entry.Name == "data.pkl"))
            {
                throw Unknown(file);
            }

            config = Entry(archive, "config.json", file);
            weights = Entry(archive, "model.weights.h5", file);
        }
        catch (InvalidDataException fault)
        {
            throw new ImportException("", $"{file.Path} is a damaged archive: {fault.Message}", fault);
        }

        return Of(KerasModel.Read(PythonJson.Parse(config, file.Path), file.Path), HdfFile.Read(weights, file.Path), ".keras");
    }

    private static byte[] Entry(ZipArchive archive, string name, SourceFile file)
    {
        ZipArchiveEntry entry = archive.GetEntry(name)
            ?? throw new ImportException("", $"{file.Path} is an archive without {name}, and so no .keras file");
        using Stream stream = entry.Open();
        return SourceFile.ReadAll(stream, $"{file.Path}: {name}");
    }

    private static KerasSource Of(KerasModel model, HdfFile weights, string container)
    {
        bool hgq2 = model.Layers.Any(static layer => layer.IsHgq2),
            hgq1 = model.Layers.Any(static layer => layer.Class == "FixedPointQuantizer");
        bool qkeras = model.Layers.Any(static layer
            => layer.Class is "QActivation" or "QDense" or "QConv1D" or "QConv2D" or "QDepthwiseConv2D");
        return new KerasSource(model, weights, (hgq2 ? "HGQ2" : hgq1 ? "HGQ" : qkeras ? "QKeras" : "Keras") + " (" + container + ")");
    }

    private static ImportException Unknown(SourceFile file) => new("", file.IsPickle || file.IsZip
        ? $"{file.Path} is a model of PyTorch, which holds weights without what is computed with them; export it to ONNX "
            + $"(torch.onnx.export) and import that"
        : $"{file.Path} is no HDF5 file (.h5), no .keras archive and no ONNX model");
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Keras;
using HGQ.Import.Onnx;
using HGQ.Model.Graph;
using Onnx;

namespace HGQ.Import;

/// <summary>
/// Reads a trained model of another system as a model of this one, exactly: the integers are those of the source's own definition.
/// </summary>
public static class ModelImporter
{
    /// <summary>Imports the files of one model.</summary>
    /// <param name="paths">One file, or the description (JSON) and the weights (h5) of a Keras model.</param>
    /// <param name="options">What the files do not say.</param>
    /// <exception cref="ImportException">The files are not readable, or hold something that has no exact form.</exception>
    public static ImportResult Import(IReadOnlyList<string> paths, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        SourceFile[] files = [.. paths.Select(SourceFile.Read)];
        var draft = new GraphDraft();
        try
        {
            if (files.Length == 1 && !files[0].IsHdf5 && !files[0].IsZip && !files[0].IsJson && !files[0].IsPickle)
            {
                return Onnx(files[0], draft, options);
            }

            KerasSource source = KerasSource.Read(files);
            var translator = new KerasTranslator(source.Model, new KerasWeights(source.Weights, source.Model), draft,
                new InputQuantizers(options));
            IReadOnlyList<(string, TensorValue)> outputs = translator.Translate();
            return Finished(draft, options.Name ?? source.Model.Name, outputs, source.Kind, paths);
        }
        catch (ModelGraphException fault)
        {
            throw new ImportException(fault.Layer, fault.Problem, fault);
        }
        catch (OverflowException fault)
        {
            throw new ImportException("", $"a shape of {paths[0]} has more elements than can be counted", fault);
        }
    }

    private static ImportResult Onnx(SourceFile file, GraphDraft draft, ImportOptions options)
    {
        ModelProto model = OnnxFile.Read(file);
        var translator = new OnnxTranslator(model, draft, new InputQuantizers(options));
        string name = options.Name ?? (model.Graph.Name.Length > 0 ? model.Graph.Name : Path.GetFileNameWithoutExtension(file.Path));
        return Finished(draft, name, translator.Translate(), OnnxTranslator.KindOf(model), [file.Path]);
    }

    private static ImportResult Finished(GraphDraft draft, string name, IReadOnlyList<(string, TensorValue)> outputs, string kind,
        IReadOnlyList<string> paths)
    {
        string source = $"{{\"kind\":{JsonSerializer.Serialize(kind)},"
            + $"\"files\":[{string.Join(",", paths.Select(static path => JsonSerializer.Serialize(Path.GetFileName(path))))}]}}";
        ModelGraph graph = OutputScales.Finish(draft, name, outputs, [new MetadataEntry("importedFrom", source)]);
        _ = ShapeInference.Infer(graph);
        return new ImportResult(graph, kind, draft.Notes.ToArray());
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Calibration;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Keras;
using HGQ.Import.Keras.Files;
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
        Require(options.Calibration);
        SourceFile[] files = [.. paths.Select(SourceFile.Read)];
        var draft = new GraphDraft { Floats = options.Calibration is null ? null : new FloatSteps() };
        try
        {
            if (files.Length == 1 && !files[0].IsHdf5 && !files[0].IsZip && !files[0].IsJson && !files[0].IsPickle)
            {
                return Onnx(files[0], draft, options);
            }

            KerasSource source = KerasSource.Read(files);
            RequireFloat(options, source.Kind, "Keras (");
            var translator = new KerasTranslator(source.Model, new KerasWeights(source.Weights, source.Model), draft,
                new InputQuantizers(options), options.Configuration);
            RequireConfigurable(options, source.Kind);
            IReadOnlyList<(string, TensorValue)> outputs = translator.Translate();
            return Finished(draft, options, options.Name ?? source.Model.Name, outputs, source.Kind, paths);
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
        RequireFloat(options, OnnxTranslator.KindOf(model) + " ", "ONNX ");
        RequireConfigurable(options, OnnxTranslator.KindOf(model));
        var translator = new OnnxTranslator(model, draft, new InputQuantizers(options));
        string name = options.Name ?? (model.Graph.Name.Length > 0 ? model.Graph.Name : Path.GetFileNameWithoutExtension(file.Path));
        return Finished(draft, options, name, translator.Translate(), OnnxTranslator.KindOf(model), [file.Path]);
    }

    private static void Require(CalibrationOptions? options)
    {
        if (options?.Bits is < CalibrationOptions.FewestBits or > CalibrationOptions.MostBits)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Bits,
                FormattableString.Invariant($"Bits are {CalibrationOptions.FewestBits} to {CalibrationOptions.MostBits}."));
        }

        if (options is not null && !(options.MaxError > 0 && double.IsFinite(options.MaxError)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxError, "The error is a positive number.");
        }
    }

    private static void RequireFloat(ImportOptions options, string kind, string wanted)
    {
        if (options.Calibration is not null && (!kind.StartsWith(wanted, StringComparison.Ordinal) || kind.Contains("QDQ")))
        {
            throw new ImportException("", $"the model is one of {kind.TrimEnd()} with quantizers of its own, which are imported exactly; "
                + "calibration is for float models: leave --calibrate out");
        }
    }

    private static void RequireConfigurable(ImportOptions options, string kind)
    {
        if (options.Configuration is not { } configuration)
        {
            return;
        }

        if (options.Calibration is not null)
        {
            throw new ImportException("", "a calibration chooses all formats, and a configuration gives them; leave one out");
        }

        if (!kind.StartsWith("Keras (", StringComparison.Ordinal) && !kind.StartsWith("QKeras (", StringComparison.Ordinal))
        {
            throw new ImportException("", $"precisions of a configuration are applied to models of Keras and QKeras, and this is one of "
                + $"{kind}; leave --config-use all out");
        }

        if (configuration.HasKinds)
        {
            throw new ImportException("", "the configuration has precisions by kind of layer (LayerType), which are not applied; name the "
                + "layers (LayerName)");
        }
    }

    private static ImportResult Finished(GraphDraft draft, ImportOptions options, string name,
        IReadOnlyList<(string, TensorValue)> outputs, string kind, IReadOnlyList<string> paths)
    {
        string source = $"{{\"kind\":{JsonSerializer.Serialize(kind)},"
            + $"\"files\":[{string.Join(",", paths.Select(static path => JsonSerializer.Serialize(Path.GetFileName(path))))}]}}";
        var origin = new MetadataEntry("importedFrom", source);
        IReadOnlyList<CalibratedLayer> calibrated = [];
        ModelGraph graph;
        if (options.Calibration is { } calibration)
        {
            (graph, calibrated) = FloatImport.Finish(draft, name, outputs, origin, calibration);
        }
        else
        {
            graph = OutputScales.Finish(draft, name, outputs, [origin]);
        }

        _ = ShapeInference.Infer(graph);
        return new ImportResult(graph, kind, draft.Notes.ToArray()) { Calibrated = calibrated.ToArray() };
    }
}

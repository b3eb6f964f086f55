using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Drafting;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>From the draft of a float model to a model with formats.</summary>
internal static class FloatImport
{
    /// <summary>Folds, chooses and writes.</summary>
    /// <exception cref="ImportException">The data do not fit, or no formats keep the error.</exception>
    public static (ModelGraph Graph, IReadOnlyList<CalibratedLayer> Layers) Finish(
        GraphDraft draft, string name, IReadOnlyList<(string Name, TensorValue Value)> outputs, MetadataEntry source,
        CalibrationOptions options)
    {
        FloatModel model = FloatModel.Of(draft, outputs);
        FloatFolding.Apply(model);
        FloatRows rows = FloatRows.Of(model, options.Data);
        IReadOnlyList<(Site Site, SiteChoice Choice)> choices = new Calibrator(model, rows, options, draft.Floats!.Inputs).Run();
        (var layers, var results) = CalibratedGraph.Write(model, choices, draft.Unique);
        CalibratedLayer[] calibrated = [.. choices.Select(Described)];
        draft.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"approximated: a float model has no exact integers; formats and errors are those of {rows.Count} of {rows.All} rows of ")
            + options.Data.Source);
        string errors = string.Join(",", calibrated.Select(static layer => $"{JsonSerializer.Serialize(layer.Name)}:"
            + JsonSerializer.Serialize(layer.Error.ToString("R", CultureInfo.InvariantCulture))));
        var metadata = new ModelMetadata(draft.Preprocessing, new[] { source, new MetadataEntry("calibrationErrors", $"{{{errors}}}") });
        return (new ModelGraph(name.Length == 0 ? "model" : name, layers, results, metadata), calibrated);
    }

    private static CalibratedLayer Described((Site Site, SiteChoice Choice) choice)
    {
        int[] widths = choice.Choice.Format is { } spec ? [.. spec.Format.Elements.Select(static f => f.Width)] : [0];
        return new CalibratedLayer(choice.Site.First.Name, choice.Site.First.Kind, choice.Choice.WeightBits, widths.Min(), widths.Max(),
            choice.Choice.Error);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Fronts;

/// <summary>Keeps what each piece of work of a run made, so that a run that was stopped does no piece twice.</summary>
/// <param name="folder">Where; made where it is not there.</param>
/// <param name="run">Says what run the work belongs to; that of another run is not taken.</param>
internal sealed class PhaseStore(string folder, string run)
{
    /// <summary>The models of a piece of work: read where it was done before, else made and written.</summary>
    /// <param name="name">Name of the piece, for files.</param>
    /// <param name="make">Does it.</param>
    public IReadOnlyList<FrontModel> Get(string name, Func<IReadOnlyList<FrontModel>> make)
    {
        if (Find(name) is { } kept)
        {
            return kept;
        }

        IReadOnlyList<FrontModel> models = make();
        Write(IndexOf(name), name, models);
        return models;
    }

    /// <summary>The models of a piece of work that was done before; null where it was not.</summary>
    /// <param name="name">Name of the piece.</param>
    public IReadOnlyList<FrontModel>? Find(string name) => Read(IndexOf(name));

    private string IndexOf(string name) => Path.Combine(folder, name + ".json");

    private List<FrontModel>? Read(string index)
    {
        if (!File.Exists(index))
        {
            return null;
        }

        try
        {
            JsonNode json = JsonNode.Parse(File.ReadAllText(index))!;
            if ((string?)json["run"] != run)
            {
                return null;
            }

            var models = new List<FrontModel>();
            foreach (JsonNode? entry in json["models"]!.AsArray())
            {
                models.Add(new FrontModel(
                    ModelReader.ReadFile(Path.Combine(folder, (string)entry!["file"]!)),
                    (long)entry["ebops"]!,
                    (double)entry["score"]!,
                    (double)entry["beta"]!,
                    (string)entry["origin"]!)
                {
                    Epoch = (int?)entry["epoch"],
                });
            }

            return models;
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or FormatException
            or NullReferenceException or ModelFormatException)
        {
            // Half written or damaged: the work is done once more.
            return null;
        }
    }

    // The models first: the index says that all of them are there.
    private void Write(string index, string name, IReadOnlyList<FrontModel> models)
    {
        Directory.CreateDirectory(folder);
        var entries = new JsonArray();
        for (int m = 0; m < models.Count; m++)
        {
            string file = FormattableString.Invariant($"{name}-{m}.hgq.json");
            ModelWriter.WriteFile(models[m].Graph, Path.Combine(folder, file));
            entries.Add(new JsonObject
            {
                ["file"] = file,
                ["ebops"] = models[m].Ebops,
                ["score"] = models[m].Score,
                ["beta"] = models[m].Beta,
                ["origin"] = models[m].Origin,
                ["epoch"] = models[m].Epoch,
            });
        }

        AtomicFile.WriteText(index, new JsonObject { ["run"] = run, ["models"] = entries }.ToJsonString() + "\n");
    }
}

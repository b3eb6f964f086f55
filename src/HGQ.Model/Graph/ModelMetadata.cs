namespace HGQ.Model.Graph;

/// <summary>What is known of a model beside its integers (model-file.md, "metadata").</summary>
/// <param name="Preprocessing">What happens to real inputs before they enter the model; empty for nothing.</param>
/// <param name="Entries">Free-form members in file order.</param>
public sealed record ModelMetadata(
    EquatableArray<Standardization> Preprocessing,
    EquatableArray<MetadataEntry> Entries)
{
    /// <summary>Nothing known.</summary>
    public static ModelMetadata Empty { get; } = new(default, default);

    /// <summary>The JSON text of entry <paramref name="name"/>, or null.</summary>
    public string? Find(string name)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == name)
            {
                return entry.Json;
            }
        }

        return null;
    }
}

/// <summary>A free-form member of the metadata.</summary>
/// <param name="Name">Member name.</param>
/// <param name="Json">Its value as compact JSON text; never interpreted by a back end.</param>
public sealed record MetadataEntry(string Name, string Json);

/// <summary>
/// Per-feature standardisation of one input port: x' = float32((x − mean) / scale), subtraction and division in
/// float64, so that every engine computes the same x' on every machine.
/// </summary>
/// <param name="Input">Name of the input layer.</param>
/// <param name="Mean">Mean per element, as decimal strings that round-trip float64.</param>
/// <param name="Scale">Scale per element, not 0, likewise.</param>
public sealed record Standardization(string Input, EquatableArray<string> Mean, EquatableArray<string> Scale);

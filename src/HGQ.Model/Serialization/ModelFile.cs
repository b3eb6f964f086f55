namespace HGQ.Model.Serialization;

/// <summary>What marks a model file.</summary>
public static class ModelFile
{
    /// <summary>Value of the member "format".</summary>
    public const string Format = "hgq-model";

    /// <summary>Value of the member "version".</summary>
    public const int Version = 1;

    /// <summary>How the names of model files end.</summary>
    public const string Extension = ".hgq.json";
}

namespace HGQ.Generators.Pipeline;

/// <summary>Names of the pipeline's steps, for tests of incrementality.</summary>
internal static class TrackingNames
{
    public const string ModelFiles = nameof(ModelFiles);
    public const string ModelClasses = nameof(ModelClasses);
    public const string Framework = nameof(Framework);
    public const string Requests = nameof(Requests);
    public const string Files = nameof(Files);
    public const string Sources = nameof(Sources);
    public const string Diagnostics = nameof(Diagnostics);
}

using System.IO;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>The JSON schema of model files, docs/hgq-model.schema.json, carried inside the assembly.</summary>
public static class ModelSchema
{
    private const string Resource = "hgq-model.schema.json";

    /// <summary>The text of the schema, with LF line ends.</summary>
    public static string ReadText()
    {
        using Stream stream = typeof(ModelSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new FileNotFoundException("The assembly doesn't carry the schema.", Resource);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

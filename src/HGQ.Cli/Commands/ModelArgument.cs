using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Commands;

/// <summary>The argument MODEL: a <c>.hgq.json</c> file.</summary>
internal static class ModelArgument
{
    private const int MostErrors = 10;

    public static Argument<string> Create() => new("MODEL") { Description = "Model file (.hgq.json)." };

    /// <summary>Reads the model; what is wrong with it is said as compilers do: <c>file(line,column): code: message</c>.</summary>
    public static ModelGraph Read(string path)
    {
        RequireFile(path);
        try
        {
            return ModelReader.ReadFile(path);
        }
        catch (ModelFormatException fault)
        {
            string[] lines = [.. fault.Errors.Take(MostErrors).Select(error => Describe(path, error))];
            string more = fault.Errors.Length > MostErrors
                ? string.Create(CultureInfo.InvariantCulture, $"\n{path}: {fault.Errors.Length - MostErrors} more errors")
                : "";
            throw new CommandException(string.Join("\n", lines) + more, inner: fault);
        }
    }

    // The folder of a run holds the model that was meant; another one, perhaps, a single model.
    private static void RequireFile(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        string chosen = Path.Combine(path, "model" + ModelFile.Extension);
        string[] models = File.Exists(chosen) ? [chosen] : Directory.GetFiles(path, "*" + ModelFile.Extension);
        throw new CommandException(models.Length == 1
            ? $"{path} is a folder; its model is {models[0]}"
            : $"{path} is a folder with {models.Length.ToString(CultureInfo.InvariantCulture)} models; name a model file ({ModelFile.Extension})");
    }

    private static string Describe(string path, ModelError error) => error.Line > 0
        ? path + error
        : error.Message.Contains(path, StringComparison.Ordinal) ? error.ToString() : $"{path}: {error}";
}

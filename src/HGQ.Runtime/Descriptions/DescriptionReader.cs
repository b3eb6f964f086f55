using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Serialization;
using HGQ.Model.Serialization.Json;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Descriptions;

/// <summary>Reads model descriptions strictly: what does not exist, has another type or names nothing is an error with line, column and member.</summary>
public static class DescriptionReader
{
    /// <summary>What the member <c>format</c> says.</summary>
    public const string FormatName = "hgq-description";

    /// <summary>What the member <c>version</c> says.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DescriptionException">The file is not there, or is no description that can be followed.</exception>
    public static NetworkDescription Read(string path)
    {
        string text;
        int wrong;
        try
        {
            wrong = Utf8Text.Decode(File.ReadAllBytes(path), out text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DescriptionException(path, 0, 0, $"no model description can be read there ({(Directory.Exists(path) ? "a folder" : FileFault.Describe(e))}); check the path.", e);
        }

        if (wrong >= 0)
        {
            (int line, int column) = TextPosition.Of(text, text.Length);
            throw new DescriptionException(path, line, column, "the bytes here are no UTF-8; convert the file.");
        }

        return Parse(path, text);
    }

    /// <summary>Reads text that is at hand; <paramref name="file"/> names it in errors.</summary>
    /// <exception cref="DescriptionException">It is no description that can be followed.</exception>
    public static NetworkDescription Parse(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        var source = new DescriptionText(file, text);
        var root = new DescriptionObject(source, 0, "");
        root.RequiredWord("format", [(FormatName, true)]);
        root.Integer("version", CurrentVersion, CurrentVersion);
        string? name = root.String("name");
        RequireIdentifier(root, "name", name);
        DescriptionObject? quantizers = root.Object("quantizers");
        QuantizerFamily kernelFamily = QuantizerFamily.Hgq, activationFamily = QuantizerFamily.Hgq, biasFamily = QuantizerFamily.Hgq;
        QuantizerChange kernel = QuantizerDescription.Read(quantizers?.Object("kernel"), isKernel: true, ref kernelFamily);
        QuantizerChange activation = QuantizerDescription.Read(quantizers?.Object("activation"), isKernel: false, ref activationFamily);
        QuantizerChange bias = QuantizerDescription.Read(quantizers?.Object("bias"), isKernel: true, ref biasFamily);
        var families = new QuantizerFamilies(kernelFamily, activationFamily, biasFamily);
        quantizers?.Finish();
        RateChange rates = RateDescription.Read(root.Object("rates"));
        IReadOnlyList<DescribedPort> ports = Ports(root);
        var names = new DescribedNames(source, ports);
        IReadOnlyList<DescriptionObject> objects = root.Objects("layers");
        IReadOnlyList<(string Word, int Offset)>? outputs = root.OptionalStrings("outputs");
        root.Finish();
        if (objects.Count == 0)
        {
            throw root.Fail("layers", "there is none; list at least one.");
        }

        DescribedLayer[] layers = [.. names.Declare(objects).Select((layer, i) => ReadLayer(objects[i], layer, names, families))];
        var changes = new QuantizerChanges(kernel, activation, bias);
        return new NetworkDescription(source, name, ports, layers, names.Outputs(layers, outputs), changes) { Rates = rates };
    }

    /// <summary>Refuses a name that is no identifier: programs and hardware are made of it.</summary>
    internal static void RequireIdentifier(DescriptionObject members, string member, string? name)
    {
        bool valid = name is null || (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        if (!valid)
        {
            throw members.Fail(member, $"found \"{name}\", expected letters, digits and _, no digit first.");
        }
    }

    private static IReadOnlyList<DescribedPort> Ports(DescriptionObject root)
    {
        IReadOnlyList<DescriptionObject> objects = root.Objects("inputs");
        if (objects.Count == 0)
        {
            return [new DescribedPort("x", null, null) { Offset = root.Offset }];
        }

        return [.. objects.Select(port =>
        {
            string name = port.String("name") ?? "x";
            RequireIdentifier(port, "name", name);
            long[]? shape = port.OptionalIntegers("shape", 1);
            IReadOnlyList<(string Word, int Offset)>? columns = port.OptionalStrings("columns");
            port.Finish();
            if (objects.Count > 1 && shape is null && columns is null)
            {
                throw port.Fail("shape", "of several inputs each needs a shape, or the columns that it takes.");
            }

            if (objects.Any(other => other.Find("columns") is null) && columns is not null)
            {
                throw port.Fail("columns", "name the columns of all inputs, or of none.");
            }

            return new DescribedPort(name, shape ?? (columns is null ? null : [columns.Count]), columns?.Select(static c => c.Word).ToArray())
            {
                Offset = port.Offset,
            };
        })];
    }

    private static DescribedLayer ReadLayer(DescriptionObject members, string name, DescribedNames names, QuantizerFamilies families)
    {
        Func<LayerOptions, LayerMaker> read = members.RequiredWord("kind", LayerKinds.All);
        string kind = members.String("kind") ?? "";
        IReadOnlyList<string> inputs = names.Inputs(members, name, kind);
        var options = new LayerOptions(members, families);
        LayerMaker make = read(options);
        double? beta = members.WasAsked("beta") ? options.Beta() : null;
        members.Finish();
        return new DescribedLayer(name, kind, inputs, beta, make, members.Path, members.Offset);
    }
}

using System;
using System.Globalization;

namespace HGQ.Model.Serialization;

/// <summary>A model file that can't be used: the only exception that <see cref="ModelReader"/> throws for any content.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>Creates the exception from at least one error.</summary>
    public ModelFormatException(EquatableArray<ModelError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>What is wrong, in the order in which it was found; never empty.</summary>
    public EquatableArray<ModelError> Errors { get; }

    private static string Describe(EquatableArray<ModelError> errors)
    {
        if (errors.Length == 0)
        {
            throw new ArgumentException("A model format exception needs an error.", nameof(errors));
        }

        return errors.Length == 1
            ? errors[0].ToString()
            : string.Format(CultureInfo.InvariantCulture, "{0} (and {1} more)", errors[0], errors.Length - 1);
    }
}

using System;
using System.Globalization;

namespace HGQ.Testing;

/// <summary>A culture whose minus is U+2212, whose decimal sign is a comma and whose digits are grouped by an apostrophe.</summary>
public static class HostileCulture
{
    /// <summary>The culture, read-only.</summary>
    public static CultureInfo Instance { get; } = Create();

    /// <summary>Makes it the culture of every thread of this process that has not chosen one.</summary>
    public static void MakeDefault()
    {
        CultureInfo.DefaultThreadCurrentCulture = Instance;
        CultureInfo.CurrentCulture = Instance;
    }

    /// <summary>Sets it until the result is disposed.</summary>
    public static IDisposable Enter() => Enter(Instance);

    /// <summary>Sets a culture until the result is disposed.</summary>
    public static IDisposable Enter(CultureInfo culture)
    {
        var scope = new Scope(CultureInfo.CurrentCulture);
        CultureInfo.CurrentCulture = culture;
        return scope;
    }

    private static CultureInfo Create()
    {
        // Turkish: the upper case of "i" is not "I". The rest is set below.
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("tr-TR").Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "'";
        return CultureInfo.ReadOnly(culture);
    }

    private sealed class Scope(CultureInfo previous) : IDisposable
    {
        public void Dispose() => CultureInfo.CurrentCulture = previous;
    }
}

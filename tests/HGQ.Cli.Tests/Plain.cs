namespace HGQ.Cli.Tests;

/// <summary>What a message never holds: what .NET says to programmers.</summary>
internal static class Plain
{
    public static void Require(string message) =>
        Assert.DoesNotMatch(@"\(Parameter|System\.|Nullable|`\d|Path: \$|LineNumber|BytePosition|\n   at |Unhandled exception", message);
}

namespace HGQ.Runtime.Data;

/// <summary>What makes two labels the same class.</summary>
public enum LabelReading
{
    /// <summary>The same text: <c>007</c> and <c>7</c> are two classes.</summary>
    Text,

    /// <summary>The same number, compared exactly: <c>007</c>, <c>7</c> and <c>7.0</c> are one class.</summary>
    Numbers,
}

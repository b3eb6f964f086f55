namespace HGQ.Runtime.Data;

/// <summary>What a model learns from a data set.</summary>
public enum LearningTask
{
    /// <summary>One class out of several.</summary>
    Classification,

    /// <summary>Real numbers.</summary>
    Regression,
}

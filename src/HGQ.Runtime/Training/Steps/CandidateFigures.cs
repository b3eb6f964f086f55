using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training;

/// <summary>By what figures an epoch becomes a candidate.</summary>
public enum CandidateFigures
{
    /// <summary>Running EBOPs and running score, of every epoch.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>
    /// Exact EBOPs and the score of the integers that an export would make, of the epochs of low learning rate; running figures where the
    /// network can't be compiled.
    /// </summary>
    [JsonStringEnumMemberName("exact")]
    Exact,
}

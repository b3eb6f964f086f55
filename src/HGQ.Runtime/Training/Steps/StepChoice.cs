namespace HGQ.Runtime.Training;

/// <summary>How the steps of a training are computed.</summary>
public enum StepChoice
{
    /// <summary>Compiled where the network can be, else through TorchSharp; the run says which and why.</summary>
    Automatic,

    /// <summary>Through TorchSharp's gradient graph.</summary>
    TorchSharp,

    /// <summary>Compiled; an error where the network can't be.</summary>
    Compiled,
}

namespace HGQ.Model.Graph;

/// <summary>Activation fused into a layer.</summary>
public enum ActivationKind
{
    /// <summary>No change.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,
}

/// <summary>Treatment of the border of a spatial axis.</summary>
public enum PaddingKind
{
    /// <summary>Only whole windows.</summary>
    Valid,

    /// <summary>Output size ⌈size / stride⌉; an odd padding element goes to the end.</summary>
    Same,

    /// <summary>All padding in front (1D only).</summary>
    Causal,
}

/// <summary>Kind of pooling.</summary>
public enum PoolKind
{
    /// <summary>Largest element of the window.</summary>
    Max,

    /// <summary>Mean of the elements inside the tensor.</summary>
    Average,
}

/// <summary>Kind of reduction.</summary>
public enum ReductionKind
{
    /// <summary>Sum.</summary>
    Sum,

    /// <summary>Maximum.</summary>
    Max,

    /// <summary>Minimum.</summary>
    Min,
}

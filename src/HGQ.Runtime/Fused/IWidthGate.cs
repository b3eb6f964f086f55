namespace HGQ.Runtime.Fused;

/// <summary>A pass whose caller knows better than its record which columns have a bit.</summary>
internal interface IWidthGate
{
    /// <summary>Says in which columns the gradient of the cost reaches the width.</summary>
    void Open(bool[] columns);
}

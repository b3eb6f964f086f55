namespace HGQ.Runtime.Cost;

/// <summary>What counts as an effective bit operation.</summary>
public enum EbopsCount
{
    /// <summary>Products only: full width of the input times significant bits of the weight.</summary>
    Products,

    /// <summary>As HGQ2 counts: widths b (plus the sign under Saturate only), and biases, sums, pools and tables besides products. For comparisons.</summary>
    Hgq2,
}

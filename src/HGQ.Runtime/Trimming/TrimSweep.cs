namespace HGQ.Runtime.Trimming;

/// <summary>One pass over every weight, format and bias.</summary>
/// <param name="Price">What one unit of cost is worth in the mean loss (τ); not negative.</param>
/// <param name="Seed">Decides the order.</param>
/// <param name="Grow">Also tries a bit more where that lowers the loss by more than it costs.</param>
public sealed record TrimSweep(double Price, ulong Seed, bool Grow = false);

/// <summary>What a sweep did.</summary>
/// <param name="Accepted">Changes that were made.</param>
/// <param name="Tried">Changes that were tried.</param>
/// <param name="Loss">Mean loss of the training rows afterwards.</param>
/// <param name="Cost">Cost of the model afterwards.</param>
public sealed record TrimSweepReport(int Accepted, long Tried, double Loss, double Cost);

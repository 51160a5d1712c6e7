namespace Plimsoll.Store.Requests;

/// <summary>A token bucket: how fast it fills, and how much it holds.</summary>
/// <param name="PerSecond">What one second adds.</param>
/// <param name="Burst">What a full bucket holds.</param>
internal sealed record Rate(double PerSecond, int Burst);

/// <summary>What a bucket answered.</summary>
/// <param name="Left">Whole tokens that are left.</param>
/// <param name="Wait">Until there is enough; zero when it was allowed.</param>
internal readonly record struct Allowance(bool Allowed, int Left, TimeSpan Wait);

/// <summary>Token buckets under names of one's choice. A bucket that nobody has used is full.</summary>
internal interface IBuckets
{
    /// <summary>Takes <paramref name="cost"/> tokens, or none when there are too few.</summary>
    ValueTask<Allowance> Take(string bucket, Rate rate, int cost, CancellationToken ct);
}

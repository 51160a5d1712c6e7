namespace Plimsoll.Operator.Cluster;

/// <param name="Identity">Of this process and no other, also after a restart of its pod.</param>
internal sealed record LeaseOptions(string Namespace, string Name, string Identity)
{
    /// <summary>How long others wait after the last sign of life.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the holder works on without having renewed; less than <see cref="Duration"/>.</summary>
    public TimeSpan RenewWithin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(2);
}

namespace Plimsoll.Store.Inspections;

/// <summary>
/// Carries news between processes: that there is work, and how far it is. News may be lost: who waits looks at the database from time to time.
/// </summary>
internal interface INews
{
    /// <summary>Whether news reaches other processes. False while Redis cannot be reached.</summary>
    bool Reaches { get; }

    /// <summary>There is something new to take.</summary>
    void Wake();

    /// <summary>Returns when there may be something to take, at the latest after <paramref name="longest"/>.</summary>
    Task WaitForWork(TimeSpan longest, CancellationToken ct);

    void Publish(Guid inspection, LayerStep step);

    /// <summary>The steps of one inspection from now on, until the caller stops.</summary>
    IAsyncEnumerable<LayerStep> Steps(Guid inspection, CancellationToken ct);
}

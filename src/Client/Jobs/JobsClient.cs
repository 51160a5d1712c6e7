using Plimsoll.Client.Http;

namespace Plimsoll.Client.Jobs;

/// <summary><c>/v1/jobs</c>.</summary>
public sealed class JobsClient
{
    readonly Transport _transport;

    internal JobsClient(Transport transport) => _transport = transport;

    /// <summary>The recurring jobs of the service, and how each fared.</summary>
    public IAsyncEnumerable<JobBody> All(CancellationToken ct) => _transport.All("v1/jobs", WireJson.Wire.PageJobBody, ct);
}

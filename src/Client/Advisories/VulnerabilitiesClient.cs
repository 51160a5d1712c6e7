using Plimsoll.Client.Http;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Client.Advisories;

/// <summary><c>/v1/vulnerabilities</c>: the problems of all images together.</summary>
public sealed class VulnerabilitiesClient
{
    const string Path = "v1/vulnerabilities";

    readonly Transport _transport;

    internal VulnerabilitiesClient(Transport transport) => _transport = transport;

    /// <summary>The problems that images have: those that are known to be attacked first, then the worst.</summary>
    /// <param name="severity">At least this; null: all, those that nobody rated too.</param>
    /// <param name="exploited">Whether it is known to be attacked; null: either.</param>
    /// <param name="fixable">Whether there is a version without it; null: either.</param>
    public IAsyncEnumerable<KnownVulnerabilityBody> All(Severity? severity, bool? exploited, bool? fixable, CancellationToken ct) => _transport.All(
        ApiRequest.Query(Path, ("severity", severity?.ToString().ToLowerInvariant()), ("exploited", Word(exploited)), ("fixable", Word(fixable)), ("size", "100")), WireJson.Wire.PageKnownVulnerabilityBody, ct);

    /// <param name="id">Any name of it: a CVE, or the id of a record.</param>
    /// <exception cref="PlimsollException"><c>vulnerability-not-known</c>: no record goes by this name.</exception>
    public Task<VulnerabilityBody> Get(string id, CancellationToken ct) => _transport.Get(Of(id), WireJson.Wire.VulnerabilityBody, ct);

    /// <summary>The images that have it, in the order of their digests.</summary>
    /// <inheritdoc cref="Get"/>
    public IAsyncEnumerable<AffectedImageBody> Images(string id, CancellationToken ct) => _transport.All(Of(id, "/images?size=500"), WireJson.Wire.PageAffectedImageBody, ct);

    static string Of(string id, string part = "") => $"{Path}/{Uri.EscapeDataString(id)}{part}";

    static string? Word(bool? value) => value switch { true => "true", false => "false", _ => null };
}

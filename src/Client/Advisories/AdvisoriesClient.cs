using Plimsoll.Client.Http;
using Plimsoll.Client.Inspections;

namespace Plimsoll.Client.Advisories;

/// <summary><c>/v1/advisories</c>.</summary>
public sealed class AdvisoriesClient
{
    const string Path = "v1/advisories";

    readonly Transport _transport;

    internal AdvisoriesClient(Transport transport) => _transport = transport;

    /// <summary>What the service has of each source.</summary>
    public Task<AdvisoriesBody> Get(CancellationToken ct) => _transport.Get(Path, WireJson.Wire.AdvisoriesBody, ct);

    /// <summary>Brings in a file: what was there of the same sources is replaced, the rest stays. The answer comes when all images are matched again.</summary>
    /// <param name="file">A zip of OSV records, CISA's catalogue (KEV) or FIRST's scores (EPSS); its content tells which.</param>
    /// <param name="ecosystem">Whose export the zip is; null: each record says which ecosystems it is of.</param>
    /// <param name="replace">Also where more than a tenth of a source's records would vanish.</param>
    /// <param name="asOf">When the file was what its source has; null, or a time to come: now.</param>
    /// <exception cref="PlimsollException"><c>unusable-advisories</c>, or <c>advisories-vanish</c> without <paramref name="replace"/>: nothing was changed.</exception>
    public Task<AdvisoryImportBody> Import(Archive file, string? ecosystem, bool replace, DateTimeOffset? asOf, CancellationToken ct) => _transport.Ask(
        new ApiRequest(HttpMethod.Post, ApiRequest.Query(Path, ("ecosystem", ecosystem), ("replace", replace ? "true" : null)), () => Content(file, asOf)) { MayRepeat = file.MayRepeat },
        WireJson.Wire.AdvisoryImportBody, ct);

    static ArchiveContent Content(Archive file, DateTimeOffset? asOf) => new(file, null) { Headers = { ContentType = new("application/octet-stream"), LastModified = asOf } };
}

using System.Net.Http.Json;
using Plimsoll.Client.Http;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Client.Images;

/// <summary><c>/v1/images</c>, <c>/v1/compare</c> and <c>/v1/resolve</c>.</summary>
public sealed class ImagesClient
{
    const string Path = "v1/images";

    readonly Transport _transport;

    internal ImagesClient(Transport transport) => _transport = transport;

    /// <summary>All images in the order of their digests.</summary>
    /// <param name="reference">Only those with this name; null: all.</param>
    public IAsyncEnumerable<ImageBody> All(string? reference, CancellationToken ct) =>
        _transport.All(ApiRequest.Query(Path, ("reference", reference), ("size", "500")), WireJson.Wire.PageImageBody, ct);

    /// <summary>The first images of the list; null for a cursor begins it.</summary>
    /// <param name="size">1 to 500.</param>
    public Task<Page<ImageBody>> Page(string? cursor, int size, CancellationToken ct) =>
        _transport.Get(ApiRequest.Query(Path, ("cursor", cursor), ("size", $"{size}")), WireJson.Wire.PageImageBody, ct);

    /// <param name="digest">Of its manifest, or of its configuration.</param>
    public Task<ImageBody> Get(string digest, CancellationToken ct) => _transport.Get(Of(digest), WireJson.Wire.ImageBody, ct);

    /// <summary>The report, in the form that the engine writes it.</summary>
    public Task<ImageReport> Report(string digest, CancellationToken ct) => _transport.Ask(
        new ApiRequest(HttpMethod.Get, Of(digest, "/report")),
        async (response, token) =>
        {
            await using var body = await response.Content.ReadAsStreamAsync(token);
            return await JsonFormat.ReadImage(body, token);
        }, ct);

    /// <summary>Writes the report into <paramref name="output"/>; when the connection breaks meanwhile, what came is there and the rest is not.</summary>
    /// <param name="format">Such as <c>json</c>, <c>markdown</c> or <c>sarif</c>; see <c>docs/formats.md</c>.</param>
    public Task Report(string digest, string format, Stream output, CancellationToken ct) => _transport.Ask(
        new ApiRequest(HttpMethod.Get, ApiRequest.Query(Of(digest, "/report"), ("format", format))) { Accept = "*/*", MayRepeat = false },
        async (response, token) =>
        {
            await response.Content.CopyToAsync(output, token);
            return true;
        }, ct);

    public IAsyncEnumerable<LayerReport> Layers(string digest, CancellationToken ct) => _transport.All(Of(digest, "/layers?size=500"), WireJson.Wire.PageLayerReport, ct);

    public IAsyncEnumerable<PackageReport> Packages(string digest, CancellationToken ct) => _transport.All(Of(digest, "/packages?size=500"), WireJson.Wire.PagePackageReport, ct);

    public IAsyncEnumerable<Finding> Findings(string digest, CancellationToken ct) => _transport.All(Of(digest, "/findings?size=500"), WireJson.Wire.PageFinding, ct);

    /// <summary>Those that are known to be attacked first, then the worst.</summary>
    /// <exception cref="PlimsollException"><c>no-advisory-data</c>: the service has no advisories to match with, and so nobody knows.</exception>
    public IAsyncEnumerable<VulnerabilityReport> Vulnerabilities(string digest, CancellationToken ct) =>
        _transport.All(Of(digest, "/vulnerabilities?size=500"), WireJson.Wire.PageVulnerabilityReport, ct);

    /// <summary>What changed from one image to another. Files are not compared: the service keeps none.</summary>
    /// <param name="before">A digest, or a name.</param>
    /// <param name="after">The same.</param>
    public Task<Comparison> Compare(string before, string after, CancellationToken ct) =>
        _transport.Get(ApiRequest.Query("v1/compare", ("base", before), ("head", after)), WireJson.Wire.Comparison, ct);

    /// <summary>What a reference points at in its registry now.</summary>
    public Task<ResolutionBody> Resolve(string reference, CancellationToken ct) =>
        _transport.Get(ApiRequest.Query("v1/resolve", ("image", reference)), WireJson.Wire.ResolutionBody, ct);

    /// <summary>The same, with a login of the caller's.</summary>
    public Task<ResolutionBody> Resolve(ResolutionRequestBody request, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, "v1/resolve", () => JsonContent.Create(request, WireJson.Wire.ResolutionRequestBody)), WireJson.Wire.ResolutionBody, ct);

    static string Of(string digest, string part = "") => $"{Path}/{Uri.EscapeDataString(digest)}{part}";
}

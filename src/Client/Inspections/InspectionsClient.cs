using System.Net.Http.Json;
using Plimsoll.Client.Http;

namespace Plimsoll.Client.Inspections;

/// <summary><c>/v1/inspections</c>.</summary>
public sealed class InspectionsClient
{
    const string Path = "v1/inspections";

    readonly Transport _transport;
    readonly InspectionWait _wait;

    internal InspectionsClient(Transport transport, PlimsollClientOptions options) => (_transport, _wait) = (transport, new InspectionWait(transport, options));

    /// <summary>Puts a reference or an earlier upload into the queue. What is known, or under way, is answered with the inspection that there is.</summary>
    public Task<InspectionBody> Submit(InspectionRequestBody request, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, Path, () => JsonContent.Create(request, WireJson.Wire.InspectionRequestBody)), WireJson.Wire.InspectionBody, ct);

    /// <summary>Uploads an archive and puts it into the queue. Takes a constant amount of memory.</summary>
    /// <param name="platforms">Empty: every platform of the image.</param>
    /// <param name="sent">Is told the bytes sent so far.</param>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public Task<InspectionBody> Submit(Archive archive, IEnumerable<string> platforms, IProgress<long>? sent, CancellationToken ct) => _transport.Ask(
        new ApiRequest(HttpMethod.Post, ApiRequest.Query(Path, platforms.Select(platform => ("platform", (string?)platform))), () => new ArchiveContent(archive, sent)) { MayRepeat = archive.MayRepeat },
        WireJson.Wire.InspectionBody, ct);

    public Task<InspectionBody> Get(Guid id, CancellationToken ct) => _transport.Get($"{Path}/{id}", WireJson.Wire.InspectionBody, ct);

    /// <summary>All inspections, the newest first.</summary>
    /// <param name="state">Only those in it; null: all.</param>
    public IAsyncEnumerable<InspectionBody> All(string? state, CancellationToken ct) =>
        _transport.All(ApiRequest.Query(Path, ("state", state), ("size", "500")), WireJson.Wire.PageInspectionBody, ct);

    /// <summary>The inspection when it has ended. A service that is gone for a while is waited for.</summary>
    /// <param name="progress">Is told of each state and of how far the layers are.</param>
    public Task<InspectionBody> Wait(Guid id, IProgress<EventBody>? progress, CancellationToken ct) => _wait.For(id, progress, ct);

    public Task Cancel(Guid id, CancellationToken ct) => _transport.Send(new ApiRequest(HttpMethod.Delete, $"{Path}/{id}"), ct);
}

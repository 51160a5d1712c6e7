using Plimsoll.Client.Http;

namespace Plimsoll.Client.Vex;

/// <summary><c>/v1/vex</c>.</summary>
public sealed class VexClient
{
    const string Path = "v1/vex";

    readonly Transport _transport;

    internal VexClient(Transport transport) => _transport = transport;

    /// <summary>The documents in the order of their ids.</summary>
    public IAsyncEnumerable<VexDocumentBody> All(CancellationToken ct) => _transport.All(Path, WireJson.Wire.PageVexDocumentBody, ct);

    /// <summary>A document as it was sent.</summary>
    public Task<byte[]> Get(string id, CancellationToken ct) => _transport.Ask(new ApiRequest(HttpMethod.Get, Of(id)), (answer, token) => answer.Content.ReadAsByteArrayAsync(token), ct);

    /// <summary>Sends a document, which takes the place of an older state of it. Verdicts and reports follow at once.</summary>
    /// <param name="document">OpenVEX, CSAF or CycloneDX as UTF-8, at most 16 MiB.</param>
    /// <exception cref="PlimsollException"><c>unusable-vex</c> or <c>vex-not-newer</c>: nothing was changed.</exception>
    public Task<VexReceiptBody> Submit(ReadOnlyMemory<byte> document, CancellationToken ct) => _transport.Ask(
        new ApiRequest(HttpMethod.Post, Path, () => new ReadOnlyMemoryContent(document) { Headers = { ContentType = new("application/json") } }), WireJson.Wire.VexReceiptBody, ct);

    public Task Delete(string id, CancellationToken ct) => _transport.Send(new ApiRequest(HttpMethod.Delete, Of(id)), ct);

    static string Of(string id) => $"{Path}/{Uri.EscapeDataString(id)}";
}

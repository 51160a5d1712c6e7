using System.Net;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>One upload of a blob: begun, sent in chunks, finished under its digest. A chunk that breaks off goes on where the registry stands.</summary>
internal sealed class UploadSession(PushClient registry, PushAnswer begun)
{
    const string BlobType = "application/octet-stream";

    Uri _location = Where(begun, registry.Endpoint);
    long _start;

    /// <summary>The fewest bytes that a chunk must have, but for the last.</summary>
    public long LeastChunk => begun.LeastChunk ?? 0;

    public static async Task<UploadSession> Begin(PushClient registry, CancellationToken ct) => new(registry, await registry.Ask(Beginning, ct));

    public async Task Send(ReadOnlyMemory<byte> chunk, CancellationToken ct)
    {
        var isSure = true;
        for (var sent = 0; sent < chunk.Length;)
            sent = await registry.Again(async token =>
            {
                var from = isSure ? sent : await Standing(chunk.Length, token);
                isSure = false;
                var received = from == chunk.Length ? from : await SendOnce(chunk[from..], from, token);
                isSure = true;
                return received;
            }, ct);
        _start += chunk.Length;
    }

    /// <param name="rest">The whole blob, where it is small enough to need no chunks.</param>
    /// <returns>What the registry says; a not found when it knows the upload no longer.</returns>
    public Task<PushAnswer> Finish(Digest digest, ReadOnlyMemory<byte> rest, CancellationToken ct) =>
        registry.Ask(Request(HttpMethod.Put) with
        {
            At = new Uri($"{_location.AbsoluteUri}{(_location.Query.Length > 0 ? '&' : '?')}digest={Uri.EscapeDataString(digest.Value)}"),
            Body = new RequestBody(rest, BlobType),
        }, ct);

    /// <summary>Tells the registry to forget what it has. It would do so by itself in the end, so that nobody minds when it does not answer.</summary>
    public async Task Cancel()
    {
        try
        {
            await registry.AskOnce(Request(HttpMethod.Delete), CancellationToken.None);
        }
        catch (Exception e) when (e is Archives.UnreadableImageException or UnwritableImageException)
        {
            // What ended the upload is told, not this.
        }
    }

    async Task<int> SendOnce(ReadOnlyMemory<byte> bytes, int from, CancellationToken ct)
    {
        var answer = await registry.AskOnce(Request(HttpMethod.Patch) with { Body = new RequestBody(bytes, BlobType, _start + from) }, ct);
        if (answer.IsLost)
            throw new PassingFaultException($"the registry {registry.Endpoint.Host} does not know what it was sent");
        // Whatever stands in between may say OK to what it cut off.
        if (answer.Expect(registry.Endpoint) is { Received: null, Status: not (HttpStatusCode.Accepted or HttpStatusCode.NoContent) })
            throw new PassingFaultException($"the registry {registry.Endpoint.Host} does not say what it has taken");
        _location = answer.Location ?? _location;
        var received = (answer.Received ?? _start + from + bytes.Length) - _start;
        return received > from && received <= from + bytes.Length ? (int)received : throw new LostUploadException(registry.Endpoint.Host);
    }

    // The first chunk is sent anew to another upload: what "0-0" says of its bytes is not clear.
    async Task<int> Standing(int chunk, CancellationToken ct)
    {
        if (_start == 0)
        {
            _location = Where(await registry.AskOnce(Beginning, ct), registry.Endpoint);
            return 0;
        }
        var answer = await registry.AskOnce(Request(HttpMethod.Get), ct);
        var received = answer is { IsGood: true, Received: { } all } ? all - _start : -1;
        if (received < 0 || received > chunk)
            throw new LostUploadException(registry.Endpoint.Host);
        _location = answer.Location ?? _location;
        return (int)received;
    }

    static RegistryRequest Beginning => new("blobs/uploads/") { Method = HttpMethod.Post, Writes = true, Body = new RequestBody(default, BlobType) };

    static Uri Where(PushAnswer answer, RegistryEndpoint endpoint) => answer.Expect(endpoint).Location
        ?? throw new UnwritableImageException($"the registry {endpoint.Host} does not say where an upload goes", "tell who runs the registry");

    RegistryRequest Request(HttpMethod method) => new("") { At = _location, Method = method, Writes = true };
}

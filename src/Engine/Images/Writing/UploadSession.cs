using System.Net;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>One upload of a blob: begun, sent in chunks, finished under its digest. A chunk that breaks off goes on where the registry stands.</summary>
internal sealed class UploadSession(RegistryClient client, RegistryEndpoint endpoint, PushAnswer begun)
{
    const string BlobType = "application/octet-stream";

    Uri _location = Where(begun, endpoint);
    long _start;

    /// <summary>The fewest bytes that a chunk must have, but for the last.</summary>
    public long LeastChunk => begun.LeastChunk ?? 0;

    public static async Task<UploadSession> Begin(RegistryClient client, RegistryEndpoint endpoint, CancellationToken ct) =>
        new(client, endpoint, await Begun(client, endpoint, ct));

    public async Task Send(ReadOnlyMemory<byte> chunk, CancellationToken ct)
    {
        var isSure = true;
        for (var sent = 0; sent < chunk.Length;)
            sent = await client.Again(async token =>
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
        client.Ask(endpoint, Request(HttpMethod.Put) with
        {
            At = new Uri($"{_location.AbsoluteUri}{(_location.Query.Length > 0 ? '&' : '?')}digest={Uri.EscapeDataString(digest.Value)}"),
            Body = new RequestBody(rest, BlobType),
        }, Read, ct);

    /// <summary>Tells the registry to forget what it has. It would do so by itself in the end, so that nobody minds when it does not answer.</summary>
    public async Task Cancel()
    {
        try
        {
            await client.AskOnce(endpoint, Request(HttpMethod.Delete), Read, CancellationToken.None);
        }
        catch (Archives.UnreadableImageException)
        {
            // What ended the upload is told, not this.
        }
    }

    async Task<int> SendOnce(ReadOnlyMemory<byte> bytes, int from, CancellationToken ct)
    {
        var answer = await client.AskOnce(endpoint, Request(HttpMethod.Patch) with { Body = new RequestBody(bytes, BlobType, _start + from) }, Read, ct);
        if (answer.IsLost)
            throw new PassingFaultException($"the registry {endpoint.Host} does not know what it was sent");
        // Whatever stands in between may say OK to what it cut off.
        if (answer.Expect(endpoint) is { Received: null, Status: not (HttpStatusCode.Accepted or HttpStatusCode.NoContent) })
            throw new PassingFaultException($"the registry {endpoint.Host} does not say what it has taken");
        _location = answer.Location ?? _location;
        var received = (answer.Received ?? _start + from + bytes.Length) - _start;
        return received > from && received <= from + bytes.Length ? (int)received : throw new LostUploadException(endpoint.Host);
    }

    // The first chunk is sent anew to another upload: what "0-0" says of its bytes is not clear.
    async Task<int> Standing(int chunk, CancellationToken ct)
    {
        if (_start == 0)
        {
            _location = Where(await client.AskOnce(endpoint, Beginning, Read, ct), endpoint);
            return 0;
        }
        var answer = await client.AskOnce(endpoint, Request(HttpMethod.Get), Read, ct);
        var received = answer is { IsGood: true, Received: { } all } ? all - _start : -1;
        if (received < 0 || received > chunk)
            throw new LostUploadException(endpoint.Host);
        _location = answer.Location ?? _location;
        return (int)received;
    }

    static RegistryRequest Beginning => new("blobs/uploads/") { Method = HttpMethod.Post, Writes = true, Body = new RequestBody(default, BlobType) };

    static Task<PushAnswer> Begun(RegistryClient client, RegistryEndpoint endpoint, CancellationToken ct) =>
        client.Ask(endpoint, Beginning, (response, token) => PushAnswer.Read(response, endpoint, client, token), ct);

    static Uri Where(PushAnswer answer, RegistryEndpoint endpoint) => answer.Expect(endpoint).Location
        ?? throw new UnwritableImageException($"the registry {endpoint.Host} does not say where an upload goes", "tell who runs the registry");

    RegistryRequest Request(HttpMethod method) => new("") { At = _location, Method = method, Writes = true };

    Task<PushAnswer> Read(HttpResponseMessage response, CancellationToken ct) => PushAnswer.Read(response, endpoint, client, ct);
}

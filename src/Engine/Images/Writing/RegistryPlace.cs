using System.Net;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>The blobs of a repository that is written. What it has is not sent, and what a neighbour has is mounted.</summary>
internal sealed class RegistryPlace(PushClient registry) : IBlobPlace
{
    const int ChunkBytes = 8 << 20;
    const int LargestChunk = 64 << 20;

    readonly Dictionary<Digest, long> _kept = [];
    readonly HashSet<Digest> _missing = [];
    PushAnswer? _begun;

    public async Task<long?> Find(Digest digest, ImageName? from, CancellationToken ct)
    {
        if (_kept.TryGetValue(digest, out var known))
            return known;
        var size = await SizeOf(digest, ct) ?? (await Mount(digest, from, ct) ? await SizeOf(digest, ct) : null);
        if (size is { } found)
            _kept[digest] = found;
        else
            _missing.Add(digest);
        return size;
    }

    public async Task Put(Func<Take, CancellationToken, Task<Digest>> write, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await PutOnce(write, ct);
                return;
            }
            catch (LostUploadException e)
            {
                if (attempt >= registry.Attempts)
                    throw new UnwritableImageException(e.Message, "try again later", e);
            }
    }

    async Task PutOnce(Func<Take, CancellationToken, Task<Digest>> write, CancellationToken ct)
    {
        var session = await Session(ct);
        var isFinished = false;
        try
        {
            if (session.LeastChunk > LargestChunk)
                throw new UnwritableImageException($"the registry {registry.Endpoint.Host} wants chunks of {session.LeastChunk} bytes; {LargestChunk} is the most", "tell who runs the registry");
            await using var upload = new BlobUpload(session, (int)Math.Max(ChunkBytes, session.LeastChunk));
            var digest = await write(upload.Take, ct);
            // A layer that is made again as it was is known only now, and what has not been sent by now need not be.
            if (!upload.HasSent && !_missing.Contains(digest) && await SizeOf(digest, ct) is not null)
                return;
            var answer = await upload.Complete(digest, ct);
            if (!answer.IsLost)
                answer.Expect(registry.Endpoint, digest);
            // An answer that went missing leaves a blob that is there and an upload that is not; and not everything that is good says so for sure.
            if (answer.Status != HttpStatusCode.Created && await SizeOf(digest, ct) is null)
                throw new LostUploadException(registry.Endpoint.Host);
            _missing.Remove(digest);
            isFinished = true;
        }
        finally
        {
            if (!isFinished)
                await session.Cancel();
        }
    }

    // What a mount that came to nothing has begun is used.
    async Task<UploadSession> Session(CancellationToken ct)
    {
        if (_begun is not { } begun)
            return await UploadSession.Begin(registry, ct);
        _begun = null;
        return new UploadSession(registry, begun);
    }

    async Task<long?> SizeOf(Digest digest, CancellationToken ct) =>
        await registry.Ask(RegistryRequest.Blob(digest) with { Method = HttpMethod.Head, Writes = true }, ct) is { IsGood: true } answer ? answer.Length : null;

    async Task<bool> Mount(Digest digest, ImageName? from, CancellationToken ct)
    {
        if (from is null || !from.Registry.Equals(registry.Endpoint.Registry, StringComparison.OrdinalIgnoreCase) || from.Repository == registry.Endpoint.Repository)
            return false;
        var answer = await registry.Ask(new RegistryRequest($"blobs/uploads/?mount={Uri.EscapeDataString(digest.Value)}&from={Uri.EscapeDataString(from.Repository)}")
        {
            Method = HttpMethod.Post, Writes = true, MountsFrom = from.Repository, Body = new RequestBody(default, "application/octet-stream"),
        }, ct);
        if (answer is { IsGood: true, Location: not null })
            _begun = answer;
        return answer.Status == HttpStatusCode.Created && answer.Expect(registry.Endpoint, digest).IsGood;
    }
}

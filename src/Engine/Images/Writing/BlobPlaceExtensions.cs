namespace Plimsoll.Engine.Images.Writing;

internal static class BlobPlaceExtensions
{
    /// <summary>Keeps bytes that are in memory.</summary>
    public static async Task<Digest> Put(this IBlobPlace blobs, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var digest = Digest.Of(content.Span);
        if (await blobs.Find(digest, null, ct) is not null)
            return digest;
        await blobs.Put(async (take, token) =>
        {
            await take(content, token);
            return digest;
        }, ct);
        return digest;
    }
}

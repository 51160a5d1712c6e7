using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Reads a whole answer into memory, up to a limit, whatever length it claims.</summary>
internal static class Bounded
{
    public static async Task<byte[]> Read(HttpContent content, int limit, string what, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        return await Read(stream, limit, what, ct);
    }

    public static async Task<byte[]> Read(Stream stream, int limit, string what, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit)
                throw new UnreadableImageException($"{what} has more than {limit} bytes");
        }
        return bytes.ToArray();
    }
}

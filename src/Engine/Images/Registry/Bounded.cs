using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Reads a whole answer into memory, up to a limit, whatever length it claims.</summary>
internal static class Bounded
{
    public static async Task<byte[]> Read(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, int limit, string what, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int count; (count = await read(buffer, ct)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > limit)
                throw new UnreadableImageException($"{what} has more than {limit} bytes");
        }
        return bytes.ToArray();
    }
}

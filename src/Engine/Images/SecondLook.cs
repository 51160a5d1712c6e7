using System.Buffers;
using System.IO.Hashing;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Images;

/// <summary>Reads a few files of a layer again, by their offsets, when it is known that hard links lead to them.</summary>
internal static class SecondLook
{
    const int ChunkBytes = 1 << 18;

    /// <param name="plain">The layer's tar from its start; it is read up to the end of the last of <paramref name="files"/>.</param>
    public static async Task Read(Stream plain, IReadOnlyList<LinkedEvidence> files, EntryTable table, EvidenceCollector collector, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long position = 0;
            foreach (var file in files)
            {
                var (offset, size, content) = (table[file.File].Offset, table[file.File].Size, table[file.File].Content);
                await Next(plain, offset - position, buffer, null, ct);
                collector.Begin(file.Links[0], table[file.Links[0]].PathBytes, EntryType.File, size, table[file.File].PathBytes);
                var hash = new XxHash128();
                await Next(plain, size, buffer, part => { hash.Append(part); collector.Append(part); }, ct);
                // Nobody vouches for the second reading but the first, whose digests were verified.
                if (size == 0 || hash.GetCurrentHashAsUInt128() == content)
                    collector.End(file.Links.Skip(1));
                else
                    collector.Abandon("leads to a file that was something else when it was read again");
                position = offset + size;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static async Task Next(Stream plain, long count, byte[] buffer, Action<ReadOnlySpan<byte>>? consume, CancellationToken ct)
    {
        while (count > 0)
        {
            var read = await plain.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), ct);
            if (read == 0)
                throw new EndOfStreamException("a layer is shorter when it is read again");
            consume?.Invoke(buffer.AsSpan(0, read));
            count -= read;
        }
    }
}

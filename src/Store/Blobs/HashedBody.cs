using System.Buffers;
using System.Security.Cryptography;

namespace Plimsoll.Store.Blobs;

/// <summary>Reads a body to its end in pieces, and hashes each piece while it is written elsewhere.</summary>
internal static class HashedBody
{
    public const int PieceBytes = 1 << 20;

    /// <param name="write">Takes the pieces in order; each but the last has <see cref="PieceBytes"/> bytes.</param>
    public static async Task<(string Digest, long Size)> Copy(Stream body, Func<ReadOnlyMemory<byte>, Task> write, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (reading, writing) = (ArrayPool<byte>.Shared.Rent(PieceBytes), ArrayPool<byte>.Shared.Rent(PieceBytes));
        var written = Task.CompletedTask;
        long size = 0;
        try
        {
            for (int read; (read = await body.ReadAtLeastAsync(reading.AsMemory(0, PieceBytes), PieceBytes, throwOnEndOfStream: false, ct)) > 0; size += read)
            {
                await written;
                (reading, writing) = (writing, reading);
                written = write(writing.AsMemory(0, read));
                hash.AppendData(writing, 0, read);
            }
            await written;
            return ($"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}", size);
        }
        finally
        {
            // A buffer that is still being written must not go back.
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(reading);
            ArrayPool<byte>.Shared.Return(writing);
        }
    }
}

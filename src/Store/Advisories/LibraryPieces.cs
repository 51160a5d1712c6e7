using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>A library in the database, so that every process has the same one and none needs a disk that others see.</summary>
internal static class LibraryPieces
{
    const int PieceBytes = 1 << 20;

    /// <summary>Writes those pieces of a library that are not there yet.</summary>
    /// <returns>The hashes of all, as <see cref="EpochRow.Pieces"/> has them.</returns>
    public static async Task<byte[]> Write(this PlimsollDb db, AdvisoryLibrary library, CancellationToken ct)
    {
        using var file = File.OpenHandle(library.Path);
        using var hashes = new MemoryStream();
        foreach (var (start, length) in library.Parts)
            for (var at = 0L; at < length; at += PieceBytes)
            {
                var piece = new byte[Math.Min(PieceBytes, length - at)];
                if (RandomAccess.Read(file, piece, start + at) != piece.Length)
                    throw new IOException($"{library.Path} was changed by another program");
                var hash = SHA256.HashData(piece);
                hashes.Write(hash);
                if (!await db.LibraryPieces.AnyAsync(row => row.Hash == hash, ct))
                    await db.Database.ExecuteSqlAsync($"INSERT INTO advisory_pieces (hash, content) VALUES ({hash}, {piece}) ON CONFLICT (hash) DO NOTHING", ct);
            }
        return hashes.ToArray();
    }

    /// <summary>Puts a library together.</summary>
    /// <exception cref="StaleEpochException">A piece is not there any more: there is a newer epoch.</exception>
    public static async Task Read(this PlimsollDb db, EpochRow epoch, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes, useAsync: true);
        foreach (var hash in epoch.Pieces.Chunk(SHA256.HashSizeInBytes))
            await file.WriteAsync(await db.LibraryPieces.Where(row => row.Hash == hash).Select(row => row.Content).SingleOrDefaultAsync(ct) ?? throw new StaleEpochException(epoch.Number), ct);
    }

    /// <summary>Deletes what only epochs before these are made of. A process that is about to read the one before the last still can.</summary>
    public static async Task Forget(this PlimsollDb db, long last, CancellationToken ct)
    {
        var nothing = Array.Empty<byte>();
        await db.Epochs.Where(row => row.Number < last - 1 && row.Pieces != nothing).ExecuteUpdateAsync(set => set.SetProperty(row => row.Pieces, nothing), ct);
        var kept = (await db.Epochs.Where(row => row.Number >= last - 1).Select(row => row.Pieces).ToListAsync(ct))
            .SelectMany(pieces => pieces.Chunk(SHA256.HashSizeInBytes)).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in await db.LibraryPieces.Select(row => row.Hash).ToListAsync(ct))
            if (!kept.Contains(Convert.ToHexString(hash)))
                await db.LibraryPieces.Where(row => row.Hash == hash).ExecuteDeleteAsync(ct);
    }
}

/// <summary>The advisories of an epoch are gone, because later ones came.</summary>
internal sealed class StaleEpochException(long epoch) : Exception($"the advisories of epoch {epoch} were replaced");

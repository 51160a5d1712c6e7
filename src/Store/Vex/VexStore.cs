using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Store.Vex;

/// <summary>What became of a document that was sent.</summary>
internal enum VexReceipt
{
    Stored,

    /// <summary>It was there already, byte for byte.</summary>
    Known,

    /// <summary>A newer state of it is there, or another one that is as new.</summary>
    Older,
}

/// <summary>Documents of statements on vulnerabilities, each in its newest state.</summary>
internal sealed class VexStore(IDbContextFactory<PlimsollDb> databases, VexShelf shelf, TimeProvider clock)
{
    /// <summary>In the order of their ids, after one of them.</summary>
    public async Task<IReadOnlyList<VexEntry>> List(string? after, int take, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        IQueryable<VexRow> rows = db.VexDocuments;
        if (after is not null)
            rows = rows.Where(row => string.Compare(row.Id, after) > 0);
        return await Entries(rows.OrderBy(row => row.Id).Take(take)).ToListAsync(ct);
    }

    /// <summary>The document as it was sent; null where there is none.</summary>
    public async Task<byte[]?> Find(string id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.VexDocuments.Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(ct) is { } packed ? Unpack(packed) : null;
    }

    /// <summary>Takes the place of an older state of the same document.</summary>
    public async Task<(VexReceipt Receipt, VexEntry Entry)> Put(VexDocument document, ReadOnlyMemory<byte> sent, string submitter, CancellationToken ct)
    {
        var row = new VexRow
        {
            Id = IdOf(document.Id), DocumentId = document.Id, Format = document.Format, Author = document.Author, Version = document.Version, At = document.At, Statements = document.Statements.Count,
            Unusable = document.UnusableCount, Hash = Convert.ToHexStringLower(SHA256.HashData(sent.Span)), Submitter = submitter, ReceivedAt = clock.GetUtcNow(), Body = Pack(sent),
        };
        await using var db = await databases.CreateDbContextAsync(ct);
        while (true)
        {
            var known = await Entries(db.VexDocuments.Where(other => other.Id == row.Id)).FirstOrDefaultAsync(ct);
            if (known is not null && (known.Hash == row.Hash || !document.IsNewerThan(known.Version, known.At)))
                return (known.Hash == row.Hash ? VexReceipt.Known : VexReceipt.Older, known);
            // Somebody else may send another state of it at this moment: then it is looked at anew.
            if (!(known is null ? await Add(db, row, ct) : await Replace(db, row, known.Hash, ct)))
                continue;
            shelf.Expire();
            return (VexReceipt.Stored, new VexEntry(row.Id, row.DocumentId, row.Format, row.Author, row.Version, row.At, row.Statements, row.Unusable, row.Hash, row.Submitter, row.ReceivedAt));
        }
    }

    /// <summary>False when there is no such document.</summary>
    public async Task<bool> Delete(string id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var deleted = await db.VexDocuments.Where(row => row.Id == id).ExecuteDeleteAsync(ct) > 0;
        shelf.Expire();
        return deleted;
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return plain.ToArray();
    }

    static byte[] Pack(ReadOnlyMemory<byte> sent)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(sent.Span);
        return packed.ToArray();
    }

    static string IdOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)).AsSpan(0, 16));

    static async Task<bool> Add(PlimsollDb db, VexRow row, CancellationToken ct)
    {
        db.VexDocuments.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    static async Task<bool> Replace(PlimsollDb db, VexRow row, string hash, CancellationToken ct) =>
        await db.VexDocuments.Where(other => other.Id == row.Id && other.Hash == hash).ExecuteUpdateAsync(set => set
            .SetProperty(other => other.Format, row.Format).SetProperty(other => other.Author, row.Author).SetProperty(other => other.Version, row.Version).SetProperty(other => other.At, row.At)
            .SetProperty(other => other.Statements, row.Statements).SetProperty(other => other.Unusable, row.Unusable).SetProperty(other => other.Hash, row.Hash)
            .SetProperty(other => other.Submitter, row.Submitter).SetProperty(other => other.ReceivedAt, row.ReceivedAt).SetProperty(other => other.Body, row.Body), ct) == 1;

    static IQueryable<VexEntry> Entries(IQueryable<VexRow> rows) => rows.Select(row => new VexEntry(
        row.Id, row.DocumentId, row.Format, row.Author, row.Version, row.At, row.Statements, row.Unusable, row.Hash, row.Submitter, row.ReceivedAt));
}

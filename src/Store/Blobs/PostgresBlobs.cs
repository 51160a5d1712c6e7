using Npgsql;
using NpgsqlTypes;
using Plimsoll.Engine;

namespace Plimsoll.Store.Blobs;

/// <summary>Uploads as rows of one piece each, so that API and worker pods need no shared disk.</summary>
internal sealed class PostgresBlobs(NpgsqlDataSource database, TimeProvider clock) : IBlobStore
{
    public async Task<StoredBlob> Write(Stream body, CancellationToken ct)
    {
        var upload = Guid.CreateVersion7();
        await using var connection = await database.OpenConnectionAsync(ct);
        try
        {
            // A piece is a transaction of its own: a body takes minutes, and a transaction that is open for minutes stops vacuum everywhere.
            await using var insert = new NpgsqlCommand("INSERT INTO blob_chunks (upload, number, bytes, stored_at) VALUES ($1, $2, $3, $4)", connection);
            insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload });
            var number = new NpgsqlParameter<int>();
            var bytes = new NpgsqlParameter<ReadOnlyMemory<byte>> { NpgsqlDbType = NpgsqlDbType.Bytea };
            insert.Parameters.Add(number);
            insert.Parameters.Add(bytes);
            var at = new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime };
            insert.Parameters.Add(at);
            await insert.PrepareAsync(ct);
            var (digest, size) = await HashedBody.Copy(body, async piece =>
            {
                // Of each piece: an upload that goes on for hours is not taken for one that was cut off.
                (bytes.TypedValue, at.TypedValue) = (piece, clock.GetUtcNow().UtcDateTime);
                await insert.ExecuteNonQueryAsync(ct);
                number.TypedValue++;
            }, ct);
            return new StoredBlob(digest, size, upload.ToString("N"));
        }
        catch (Exception e)
        {
            await Delete(upload, CancellationToken.None);
            if (e is PostgresException { SqlState: PostgresErrorCodes.DiskFull })
                throw new BlobStoreFullException("the disk of the database is full", e);
            throw;
        }
    }

    public Task<ImageSource> Open(string key, CancellationToken ct) =>
        Task.FromResult<ImageSource>(new ImageSource.Stream(new PostgresBlobStream(database, Guid.ParseExact(key, "N"))));

    public Task Delete(string key, CancellationToken ct) => Delete(Guid.ParseExact(key, "N"), ct);

    public async Task<int> Sweep(DateTimeOffset before, Func<string, Task<bool>> isKept, CancellationToken ct)
    {
        var swept = 0;
        foreach (var upload in await Silent(before, ct))
            if (!await isKept(upload.ToString("N")))
            {
                await Delete(upload, ct);
                swept++;
            }
        return swept;
    }

    // Those that no upload has a row for, which are few: the rows of the others are skipped here already.
    async Task<List<Guid>> Silent(DateTimeOffset before, CancellationToken ct)
    {
        await using var select = database.CreateCommand(
            """
            SELECT upload FROM blob_chunks WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE key = replace(upload::text, '-', ''))
            GROUP BY upload HAVING max(stored_at) < $1
            """);
        select.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var uploads = new List<Guid>();
        while (await reader.ReadAsync(ct))
            uploads.Add(reader.GetGuid(0));
        return uploads;
    }

    async Task Delete(Guid upload, CancellationToken ct)
    {
        await using var delete = database.CreateCommand("DELETE FROM blob_chunks WHERE upload = $1");
        delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload });
        await delete.ExecuteNonQueryAsync(ct);
    }
}

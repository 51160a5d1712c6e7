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
            insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
            await insert.PrepareAsync(ct);
            var (digest, size) = await HashedBody.Copy(body, async piece =>
            {
                bytes.TypedValue = piece;
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

    async Task Delete(Guid upload, CancellationToken ct)
    {
        await using var delete = database.CreateCommand("DELETE FROM blob_chunks WHERE upload = $1");
        delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload });
        await delete.ExecuteNonQueryAsync(ct);
    }
}

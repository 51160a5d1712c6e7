using Npgsql;

namespace Plimsoll.Store.Blobs;

/// <summary>An upload in the database, read piece by piece and forward only. Between two pieces it holds no connection.</summary>
internal sealed class PostgresBlobStream(NpgsqlDataSource database, Guid upload) : Stream
{
    ReadOnlyMemory<byte> _piece;
    int _next;
    bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_piece.IsEmpty && !_ended)
        {
            await using var select = database.CreateCommand("SELECT bytes FROM blob_chunks WHERE upload = $1 AND number = $2");
            select.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload });
            select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = _next++ });
            if (await select.ExecuteScalarAsync(cancellationToken) is byte[] piece)
                _piece = piece;
            else
                _ended = true;
        }
        var count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("the database is read asynchronously");

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

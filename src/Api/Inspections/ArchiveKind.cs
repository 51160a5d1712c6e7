namespace Plimsoll.Api.Inspections;

/// <summary>Whether a body is an archive at all: by its first bytes, never by its name or its declared type.</summary>
internal static class ArchiveKind
{
    const int HeadBytes = 512;

    /// <summary>Whether it is, and the whole body from its start.</summary>
    public static async Task<(bool IsArchive, Stream Whole)> Of(Stream body, CancellationToken ct)
    {
        var head = new byte[HeadBytes];
        var length = await body.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, ct);
        return (IsArchive(head.AsSpan(0, length)), new Rejoined(head.AsMemory(0, length), body));
    }

    static bool IsArchive(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])
        || head.Length == HeadBytes && head[257..].StartsWith("ustar"u8);

    sealed class Rejoined(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        ReadOnlyMemory<byte> _head = head;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_head.IsEmpty)
                return rest.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(buffer.Length, _head.Length);
            _head[..count].CopyTo(buffer);
            _head = _head[count..];
            return ValueTask.FromResult(count);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
}

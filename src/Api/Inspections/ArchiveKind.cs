using Plimsoll.Engine.Archives;

namespace Plimsoll.Api.Inspections;

/// <summary>Whether a body is an archive at all: by its first bytes, never by its name or its declared type.</summary>
internal static class ArchiveKind
{
    const int HeadBytes = 512;

    /// <summary>Whether it is, and the whole body from its start.</summary>
    public static async Task<(bool IsArchive, Stream Whole)> Of(Stream body, CancellationToken ct)
    {
        var (head, whole) = await HeadStream.Open(body, HeadBytes, ct);
        return (IsArchive(head), whole);
    }

    static bool IsArchive(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])
        || head.Length == HeadBytes && head[257..].StartsWith("ustar"u8);
}

using System.Buffers;
using System.IO.Compression;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// The content of a member of a zip archive. A stored one is read where it stands; a deflated one is inflated into memory, or a large one
/// into a temporary file, which lives until this is disposed of.
/// </summary>
internal sealed class ZipContent : IDisposable
{
    /// <summary>Bytes. Archives lie in memory one in the other, so this counts once for each level.</summary>
    const int MemoryBytes = 4 << 20;

    byte[]? _rented;
    Microsoft.Win32.SafeHandles.SafeFileHandle? _spool;

    public ZipArea Area { get; private init; }

    /// <summary>The first <paramref name="limit"/> bytes; null where the budget does not allow it.</summary>
    public static byte[]? Head(ZipArea archive, ZipMember member, int limit, JarBudget budget)
    {
        var packed = PackedOf(archive, member);
        // Deflate makes at most 1032 bytes of one: what a member claims beyond that needs no memory.
        var length = (int)Math.Min(limit, Math.Min(member.Size, 1032 * Math.Min(packed.Length, limit)));
        if (!budget.Inflate(length))
            return null;
        var head = new byte[length];
        using var content = Open(packed, member);
        return content.ReadAtLeast(head, length, throwOnEndOfStream: false) is var read && read == length ? head : head[..read];
    }

    /// <summary>The content as it is read, for whoever counts its bytes: a member may hold more than it says, or less.</summary>
    public static Stream Read(ZipArea archive, ZipMember member) => Open(PackedOf(archive, member), member);

    /// <summary>All of it; null where the budget does not allow it.</summary>
    public static ZipContent? All(ZipArea archive, ZipMember member, JarBudget budget)
    {
        var packed = PackedOf(archive, member);
        if (member.Method == ZipMember.Stored)
            return new ZipContent { Area = packed };
        if (!budget.Inflate(member.Size))
            return null;
        return member.Size <= MemoryBytes ? InMemory(packed, member) : InSpool(packed, member);
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _spool?.Dispose();
    }

    static ZipContent InMemory(ZipArea packed, ZipMember member)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)member.Size);
        try
        {
            using var content = Open(packed, member);
            if (content.ReadAtLeast(buffer.AsSpan(0, (int)member.Size), (int)member.Size, throwOnEndOfStream: false) < member.Size)
                throw new MalformedFileException("it is cut short");
            return new ZipContent { _rented = buffer, Area = new ZipArea(new EvidenceFile("", buffer.AsMemory(0, (int)member.Size))) };
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    static ZipContent InSpool(ZipArea packed, ZipMember member)
    {
        var spool = Spool.Create(Path.GetTempPath());
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            using var content = Open(packed, member);
            for (long done = 0; done < member.Size;)
            {
                var read = content.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, member.Size - done)));
                if (read == 0)
                    throw new MalformedFileException("it is cut short");
                RandomAccess.Write(spool, buffer.AsSpan(0, read), done);
                done += read;
            }
            return new ZipContent { _spool = spool, Area = new ZipArea(new EvidenceFile("", spool, member.Size)) };
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static Stream Open(ZipArea packed, ZipMember member) =>
        member.Method == ZipMember.Stored ? new ZipAreaStream(packed) : new DeflateStream(new ZipAreaStream(packed), CompressionMode.Decompress);

    // APPNOTE 4.3.7: the local header has lengths of its own, and only they say where the content begins.
    static ZipArea PackedOf(ZipArea archive, ZipMember member)
    {
        if (member.IsEncrypted)
            throw new MalformedFileException("it is encrypted");
        if (member.Method is not (ZipMember.Stored or ZipMember.Deflated))
            throw new MalformedFileException($"it is compressed by method {member.Method}, which Java does not know");
        Span<byte> header = stackalloc byte[30];
        if (archive.ReadAt(member.Header, header) < header.Length || !header.StartsWith("PK\x03\x04"u8))
            throw new MalformedFileException("it is not where the central directory says");
        if (member.Size < 0 || member.Method == ZipMember.Stored && member.Size != member.Packed)
            throw new MalformedFileException("its size is a lie");
        return archive.Part(member.Header + header.Length + (header[26] | header[27] << 8) + (header[28] | header[29] << 8), member.Packed);
    }
}

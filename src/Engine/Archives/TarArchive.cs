using System.Text;
using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Archives;

/// <summary>An uncompressed tar on disk whose members are read where they lie: headers are visited once, contents are passed over.</summary>
internal sealed class TarArchive : IArchive
{
    readonly SafeFileHandle _file;
    readonly Limits _limits;
    readonly Dictionary<string, LayerEntry> _members = [];

    TarArchive(SafeFileHandle file, Limits limits) => (_file, _limits) = (file, limits);

    public static TarArchive Open(SafeFileHandle file, Limits limits, CancellationToken ct)
    {
        var table = new EntryTable();
        var archive = new TarArchive(file, limits);
        var parser = new TarParser(table, contents: null, limits, new Budget("files in the archive", limits.ArchiveMembers));
        var length = RandomAccess.GetLength(file);
        Span<byte> block = stackalloc byte[TarHeader.Size];
        for (long at = 0; at < length; at += parser.Skip())
        {
            ct.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, block, at);
            if (read == 0)
                break;
            parser.Feed(block[..read]);
            at += read;
        }
        for (var i = 0; i < table.Count; i++)
            archive._members[table[i].Path] = table[i];
        archive.RefuseTruncated(length);
        return archive;
    }

    public ArchiveMember? Find(string path) => Find(path, _limits.LinkDepth) is { } entry
        ? new ArchiveMember(entry.Size, () => new FileSlice(_file, entry.Offset, entry.Size)) : null;

    // docker save before version 25 links a layer that two images share: <id>/layer.tar -> ../<other id>/layer.tar.
    LayerEntry? Find(string path, int links)
    {
        if (links == 0 || !_members.TryGetValue(path, out var entry))
            return null;
        return entry.Type switch
        {
            EntryType.File => entry,
            EntryType.HardLink => Find(Normal(entry.LinkTarget), links - 1),
            EntryType.SymbolicLink => Find(Normal(Path.Combine(Path.GetDirectoryName(path) ?? "", entry.LinkTarget)), links - 1),
            _ => null,
        };
    }

    static string Normal(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var normal = new byte[bytes.Length];
        return PathText.Normalise(bytes, normal, out _) is var length and >= 0 ? PathText.Show(normal.AsSpan(0, length)) : "";
    }

    void RefuseTruncated(long length)
    {
        foreach (var entry in _members.Values)
            if (entry.Type == EntryType.File && entry.Offset + entry.Size > length)
                throw new UnreadableImageException($"the archive ends inside '{entry.Path}'", "the archive is truncated: make or copy it again");
    }
}

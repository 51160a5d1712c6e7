using System.Formats.Tar;
using System.Security.Cryptography;

namespace Sample;

internal sealed record Entry(string Path, TarEntryType Type, int Mode, int Uid, int Gid, byte[] Data, string Link = "");

internal sealed record History(string CreatedBy, DateTimeOffset Created, Layer? Layer, string Comment = "buildkit.dockerfile.v0");

/// <summary>One layer in the making: entries in the order they are written, all with the layer's time.</summary>
internal sealed class Layer(int index, DateTimeOffset time)
{
    readonly HashSet<string> paths = [];
    byte[]? tar;

    public int Index => index;
    public List<Entry> Entries { get; } = [];
    public IEnumerable<Entry> Files => Entries.Where(e => e.Type is TarEntryType.RegularFile && !IsWhiteout(e.Path));
    public long ContentBytes => Files.Sum(f => f.Data.LongLength);
    public byte[] Tar => tar ??= Tarball.Of(Entries, time);
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Tar));

    public static bool IsWhiteout(string path) => path[(path.LastIndexOf('/') + 1)..].StartsWith(".wh.", StringComparison.Ordinal);

    public void Directory(string path, int mode = 0b111_101_101, int uid = 0, int gid = 0) =>
        Add(new(path, TarEntryType.Directory, mode, uid, gid, []));

    public void File(string path, byte[] data, int mode = 0b110_100_100, int uid = 0, int gid = 0) =>
        Add(new(path, TarEntryType.RegularFile, mode, uid, gid, data));

    public void Symlink(string path, string target) => Add(new(path, TarEntryType.SymbolicLink, 0b111_111_111, 0, 0, [], target));

    public void HardLink(string path, string target) => Add(new(path, TarEntryType.HardLink, 0b111_101_101, 0, 0, [], target));

    public void Whiteout(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        Add(new($"{path[..slash]}.wh.{path[slash..]}", TarEntryType.RegularFile, 0, 0, 0, []));
    }

    /// <summary>Parents that were not named get an entry too, as a build's layers have them.</summary>
    void Add(Entry entry)
    {
        var slash = entry.Path.LastIndexOf('/');
        if (slash > 0 && !paths.Contains(entry.Path[..slash]))
            Directory(entry.Path[..slash]);
        if (!paths.Add(entry.Path))
            throw new InvalidOperationException($"layer {index} names {entry.Path} twice");
        Entries.Add(entry);
    }
}

internal static class Tarball
{
    public static byte[] Of(IEnumerable<Entry> entries, DateTimeOffset time)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var entry in entries)
                tar.WriteEntry(Header(entry, time));
        return bytes.ToArray();
    }

    static UstarTarEntry Header(Entry entry, DateTimeOffset time)
    {
        var header = new UstarTarEntry(entry.Type, entry.Type is TarEntryType.Directory ? entry.Path + "/" : entry.Path)
        {
            Mode = (UnixFileMode)entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            ModificationTime = time,
        };
        if (entry.Type is TarEntryType.RegularFile)
            header.DataStream = new MemoryStream(entry.Data);
        if (entry.Link is not "")
            header.LinkName = entry.Link;
        return header;
    }
}

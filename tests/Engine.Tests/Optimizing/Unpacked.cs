using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>
/// What a container sees of some layers, found without the engine: entries of another tar reader, applied as runtimes do. A hard link gives
/// its header's owner and mode to the file that it shares.
/// </summary>
internal sealed class Unpacked
{
    // Nobody says what such a directory is like: it is as engines make it, of the time that is no time.
    const string Implied = "1ed 0:0 1970-01-01T00:00:00 ";

    readonly SortedDictionary<string, Inode> _files = new(StringComparer.Ordinal) { [""] = new Inode(TarEntryType.Directory) };

    public static IReadOnlyList<string> Of(IEnumerable<byte[]> layers)
    {
        var unpacked = new Unpacked();
        foreach (var layer in layers)
            unpacked.Apply([.. Entries(layer)]);
        var first = new Dictionary<Inode, string>();
        return [.. unpacked._files.Skip(1).Select(file => $"{file.Key} {file.Value} {(first.TryAdd(file.Value, file.Key) ? file.Key : first[file.Value])}")];
    }

    static IEnumerable<TarEntry> Entries(byte[] layer)
    {
#pragma warning disable RS0030 // The engine's own reader is what is tested here.
        using var reader = new TarReader(new MemoryStream(layer));
        while (reader.GetNextEntry(copyData: true) is { } entry)
            yield return entry;
#pragma warning restore RS0030
    }

    void Apply(List<TarEntry> entries)
    {
        // A directory that comes in the place of a link is empty as yet, whatever is where the link led.
        var instead = entries.Where(entry => entry.EntryType == TarEntryType.Directory).Select(entry => entry.Name.Trim('/')).Where(path => _files.GetValueOrDefault(path) is { Type: TarEntryType.SymbolicLink }).ToList();
        foreach (var (directory, name) in entries.Select(Split).Where(path => path.Name.StartsWith(".wh.", StringComparison.Ordinal) && path.Name != ".wh."))
            if (!instead.Exists(path => directory == path || IsUnder(directory, path)) && Real(directory, 0) is { } real)
                foreach (var hidden in _files.Keys.Where(path => name == ".wh..wh..opq" ? IsUnder(path, real) : path == Join(real, name[4..]) || IsUnder(path, Join(real, name[4..]))).ToList())
                    _files.Remove(hidden);
        foreach (var entry in entries.Where(entry => !Split(entry).Name.StartsWith(".wh.", StringComparison.Ordinal)))
            Place(entry);
    }

    void Place(TarEntry entry)
    {
        var (directory, name) = Split(entry);
        var path = Join(Made(directory), name);
        var target = entry.EntryType == TarEntryType.HardLink && Real(Split(entry.LinkName).Directory, 0) is { } real ? _files.GetValueOrDefault(Join(real, Split(entry.LinkName).Name)) : null;
        if (entry.EntryType != TarEntryType.Directory || _files.GetValueOrDefault(path) is not { Type: TarEntryType.Directory })
            Remove(path);
        var inode = target is { Type: not TarEntryType.Directory } ? target : new Inode(entry.EntryType) { Link = entry.LinkName, Content = ContentOf(entry) };
        inode.Header = $"{(int)entry.Mode:x} {entry.Uid}:{entry.Gid} {entry.ModificationTime:s} {XattrsOf(entry)}";
        _files[path] = inode;
    }

    // The directory behind a path, made where it is missing; what stands in the way and leads nowhere is replaced.
    string Made(string path)
    {
        var at = "";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Real(Join(at, part), 0) is { } real && _files[real].Type == TarEntryType.Directory)
            {
                at = real;
                continue;
            }
            at = Join(at, part);
            Remove(at);
            _files[at] = new Inode(TarEntryType.Directory) { Header = Implied };
        }
        return at;
    }

    // Where a path leads; null where that is nowhere.
    string? Real(string path, int links, string from = "")
    {
        var at = path.StartsWith('/') ? "" : from;
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (_files[at].Type != TarEntryType.Directory)
                return null;
            var next = part == ".." ? at[..Math.Max(0, at.LastIndexOf('/'))] : Join(at, part);
            if (!_files.TryGetValue(next, out var inode))
                return null;
            if (inode.Type == TarEntryType.SymbolicLink && (links >= 40 || (next = Real(inode.Link, links + 1, at)) is null))
                return null;
            at = next;
        }
        return at;
    }

    void Remove(string path)
    {
        foreach (var gone in _files.Keys.Where(other => other == path || IsUnder(other, path)).ToList())
            _files.Remove(gone);
    }

    static (string Directory, string Name) Split(TarEntry entry) => Split(entry.Name);

    static (string Directory, string Name) Split(string path) => path.Trim('/') is var name && name.LastIndexOf('/') is var slash and >= 0 ? (name[..slash], name[(slash + 1)..]) : ("", name);

    static bool IsUnder(string path, string directory) => directory.Length == 0 ? path.Length > 0 : path.StartsWith(directory + "/", StringComparison.Ordinal);

    static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";

    static string ContentOf(TarEntry entry)
    {
        if (entry.EntryType != TarEntryType.RegularFile)
            return entry is PosixTarEntry { EntryType: TarEntryType.CharacterDevice } device ? $"{device.DeviceMajor}:{device.DeviceMinor}" : "";
        var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return Convert.ToHexString(SHA256.HashData(content.ToArray()));
    }

    static string XattrsOf(TarEntry entry) => entry is PaxTarEntry pax
        ? string.Join(",", pax.ExtendedAttributes.Where(one => one.Key.StartsWith("SCHILY.", StringComparison.Ordinal)).Order().Select(one => $"{one.Key}={Convert.ToHexString(Encoding.UTF8.GetBytes(one.Value))}")) : "";

    sealed class Inode(TarEntryType type)
    {
        public TarEntryType Type => type;

        public string Link { get; init; } = "";

        public string Content { get; init; } = "";

        public string Header { get; set; } = "";

        public override string ToString() => $"{Type} {Link} {Content} {Header}";
    }
}

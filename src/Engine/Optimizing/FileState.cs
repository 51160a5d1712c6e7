using System.Globalization;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>All that a container can see of one path.</summary>
/// <param name="Type">A hard link is what it shares.</param>
/// <param name="Content">Of a file; of a sparse file, of its map and of what is stored.</param>
/// <param name="ModifiedAt">Seconds since the epoch; null for a directory that no entry names: engines make it as they unpack.</param>
internal sealed record FileState(
    EntryType Type, int Mode, int Uid, int Gid, long Size, Sha256? Content, string? Link, (long Major, long Minor)? Device, IReadOnlyDictionary<string, byte[]> Xattrs, long? ModifiedAt)
{
    static readonly IReadOnlyDictionary<string, byte[]> NoXattrs = new Dictionary<string, byte[]>();

    /// <summary>Of a directory that only what is in it implies.</summary>
    static readonly FileState Implied = new(EntryType.Directory, 0b111_101_101, 0, 0, 0, null, null, null, NoXattrs, null);

    public static FileState Of(FileTree tree, IReadOnlyList<LayerFacts> facts, int node)
    {
        var (layer, entry) = (tree.Nodes[node].Layer, tree.Nodes[node].Entry);
        if (layer == NodeStore.None)
            return Implied;
        var owner = tree.Links.OwnerOf(layer, entry);
        var header = tree.Links.HeaderOf(owner);
        var (stated, shared) = (facts[header.Layer].Table[header.Entry], facts[owner.Layer].Table[owner.Entry]);
        var fact = facts[owner.Layer][owner.Entry];
        return new FileState(
            shared.Type, (int)stated.Mode, stated.Uid, stated.Gid, shared.Size,
            shared.Type == EntryType.File ? fact.Content : null,
            shared.LinkBytes.IsEmpty ? null : PathText.Show(shared.LinkBytes),
            shared.Type is EntryType.CharacterDevice or EntryType.BlockDevice ? (fact.DeviceMajor, fact.DeviceMinor) : null,
            stated.Xattrs ?? NoXattrs, stated.ModifiedAt);
    }

    /// <summary>What is not the same, in words; null where everything is.</summary>
    public string? Difference(FileState now)
    {
        var parts = new List<string>();
        void Differ<T>(string what, T was, T its)
        {
            if (!EqualityComparer<T>.Default.Equals(was, its))
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{what} was {was} and is {its}"));
        }

        Differ("type", Type, now.Type);
        if (Mode != now.Mode)
            Differ("mode", Convert.ToString(Mode, 8), Convert.ToString(now.Mode, 8));
        Differ("uid", Uid, now.Uid);
        Differ("gid", Gid, now.Gid);
        Differ("size", Size, now.Size);
        Differ("content", Content, now.Content);
        Differ("link", Link, now.Link);
        Differ("device", Device, now.Device);
        if (Xattrs.Count != now.Xattrs.Count || Xattrs.Any(one => !now.Xattrs.TryGetValue(one.Key, out var value) || !one.Value.AsSpan().SequenceEqual(value)))
            parts.Add("extended attributes are others");
        if (ModifiedAt is not null && now.ModifiedAt is not null)
            Differ("time", ModifiedAt, now.ModifiedAt);
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}

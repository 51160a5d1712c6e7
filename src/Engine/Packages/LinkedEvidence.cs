using System.IO.Hashing;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// A file of a layer whose own path says nothing, and the hard links to it whose paths say that it is evidence: pnpm and OSTree keep each content
/// under its hash, and a tar has it under whichever path comes first.
/// </summary>
/// <param name="File">Row of the file, before those of its links.</param>
internal sealed record LinkedEvidence(int File, IReadOnlyList<int> Links)
{
    /// <summary>How a program and any other file begin: what decides beside the path, before the content is known.</summary>
    static readonly byte[][] Heads = [[], [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[9], 2, 0, .. new byte[46]]];

    /// <summary>In the order of the tar. Costs a look at each hard link where there is none of the kind.</summary>
    public static IReadOnlyList<LinkedEvidence> In(EntryTable table)
    {
        var targets = Targets(table);
        if (targets.Count == 0)
            return [];
        var wanted = targets.Values.ToHashSet();
        var last = new Dictionary<ulong, int>();
        var files = new SortedDictionary<int, List<int>>();
        for (var row = 0; row < table.Count; row++)
            if (targets.TryGetValue(row, out var target))
            {
                if (!last.TryGetValue(target, out var file))
                    continue;
                if (!files.TryGetValue(file, out var links))
                    files[file] = links = [];
                links.Add(row);
            }
            else if (table.RowAt(row).Type == EntryType.File && HashOf(table.Text(table.RowAt(row).Path)) is var hash && wanted.Contains(hash))
                last[hash] = row;
        return [.. files.Select(file => new LinkedEvidence(file.Key, file.Value))];
    }

    // By the rows of the links: hashes of the paths of the files.
    static Dictionary<int, ulong> Targets(EntryTable table)
    {
        var (targets, roots) = (new Dictionary<int, ulong>(), new Dictionary<ulong, int>());
        Span<byte> buffer = [];
        for (var row = 0; row < table.Count; row++)
        {
            if (table.RowAt(row).Type != EntryType.HardLink)
                continue;
            var target = TargetOf(table, row, ref buffer);
            // A link to a link shares the file of that one.
            var root = roots.GetValueOrDefault(HashOf(target), row);
            if (root != row)
                target = TargetOf(table, root, ref buffer);
            var path = table.Text(table.RowAt(row).Path);
            roots[HashOf(path)] = root;
            if (!target.IsEmpty && SaysMore(path, target))
                targets.Add(row, HashOf(target));
        }
        return targets;
    }

    // Empty where it lies outside of the root.
    static ReadOnlySpan<byte> TargetOf(EntryTable table, int row, ref Span<byte> buffer)
    {
        var link = table.Text(table.RowAt(row).Link);
        if (buffer.Length < link.Length)
            buffer = new byte[link.Length];
        return buffer[..Math.Max(0, PathText.Normalise(link, buffer, out _))];
    }

    static bool SaysMore(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        foreach (var head in Heads)
            if ((PackageReaders.Wanting(path, head) & ~PackageReaders.Wanting(target, head)) != 0)
                return true;
        return false;
    }

    static ulong HashOf(ReadOnlySpan<byte> path) => XxHash3.HashToUInt64(path);
}

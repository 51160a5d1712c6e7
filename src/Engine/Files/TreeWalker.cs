using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Files;

/// <summary>Finds nodes by path inside the image's own root: <c>..</c> stops at the root and absolute links start there.</summary>
internal sealed class TreeWalker(NodeStore nodes, IReadOnlyList<LayerIndex> layers, HardLinks links, Limits limits, FoldTrace? trace = null)
{
    /// <summary>The visible node at <paramref name="path"/>, or <see cref="NodeStore.None"/>: nothing there, or a loop of links.</summary>
    public int Find(ReadOnlySpan<byte> path, bool followLast)
    {
        var followed = 0;
        return Walk(NodeStore.Root, path, followLast, ref followed);
    }

    /// <summary>What stands there; a hard link is what it shares, such as a symbolic link.</summary>
    public EntryType TypeOf(int id)
    {
        if (nodes[id].Layer == NodeStore.None)
            return EntryType.Directory;
        var type = layers[nodes[id].Layer].Table.RowAt(nodes[id].Entry).Type;
        return type == EntryType.HardLink && links.OwnerOf(nodes[id].Layer, nodes[id].Entry) is var owner ? layers[owner.Layer].Table.RowAt(owner.Entry).Type : type;
    }

    public LayerEntry EntryOf(int id) => layers[nodes[id].Layer].Table[nodes[id].Entry];

    int Walk(int at, ReadOnlySpan<byte> path, bool followLast, ref int followed)
    {
        while (!path.IsEmpty)
        {
            var slash = path.IndexOf((byte)'/');
            var part = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..].TrimStart((byte)'/');
            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (TypeOf(at) != EntryType.Directory)
                return NodeStore.None;
            if (part.SequenceEqual(".."u8))
            {
                trace?.Climbed(at, nodes);
                at = Math.Max(NodeStore.Root, nodes[at].Parent);
                continue;
            }
            var child = nodes.Find(at, part);
            if (child == NodeStore.None || !nodes[child].Visible)
                return NodeStore.None;
            if (TypeOf(child) == EntryType.SymbolicLink && (followLast || !path.IsEmpty))
                child = Follow(at, child, ref followed);
            if (child == NodeStore.None)
                return NodeStore.None;
            at = child;
        }
        return at;
    }

    int Follow(int directory, int link, ref int followed)
    {
        var owner = links.OwnerOf(nodes[link].Layer, nodes[link].Entry);
        var target = layers[owner.Layer].Table[owner.Entry].LinkBytes;
        if (++followed > limits.LinkDepth || target.IsEmpty)
            return NodeStore.None;
        trace?.Followed((nodes[link].Layer, nodes[link].Entry));
        return Walk(target[0] == '/' ? NodeStore.Root : directory, target, followLast: true, ref followed);
    }
}

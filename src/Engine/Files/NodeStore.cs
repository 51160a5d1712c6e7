using System.IO.Hashing;

namespace Plimsoll.Engine.Files;

/// <summary>The nodes of a file tree, found by parent and name. A node stays when its file is deleted, so that it can come back.</summary>
internal sealed class NodeStore
{
    public const int Root = 0;
    public const int None = -1;

    readonly Blocks<Node> _nodes = new();
    readonly ByteArena _names = new();
    int[] _slots = new int[1 << 10];

    public NodeStore() => _nodes.Add(new Node { Parent = None, FirstChild = None, NextSibling = None, Layer = None, HiddenIndex = None, Visible = true });

    public int Count => _nodes.Count;

    public ref Node this[int id] => ref _nodes[id];

    public ReadOnlySpan<byte> Name(int id) => _names[_nodes[id].Name];

    /// <summary>The child of that name, visible or not, or <see cref="None"/>.</summary>
    public int Find(int parent, ReadOnlySpan<byte> name) => _slots[Slot(parent, name, HashOf(parent, name))] - 1;

    public int FindOrAdd(int parent, ReadOnlySpan<byte> name)
    {
        var hash = HashOf(parent, name);
        var slot = Slot(parent, name, hash);
        if (_slots[slot] > 0)
            return _slots[slot] - 1;

        var id = _nodes.Add(new Node
        {
            Parent = parent, FirstChild = None, NextSibling = _nodes[parent].FirstChild, Layer = None, HiddenIndex = None, Hash = hash, Name = _names.Add(name),
        });
        _nodes[parent].FirstChild = id;
        _slots[slot] = id + 1;
        if (_nodes.Count * 3L > _slots.Length * 2L)
            Grow();
        return id;
    }

    /// <summary>What is visible at that very path, no link on the way followed; <see cref="None"/> where nothing is.</summary>
    public int FindVisible(ReadOnlySpan<byte> path)
    {
        var at = Root;
        foreach (var part in path.Split((byte)'/'))
            if (!path[part].IsEmpty && ((at = Find(at, path[part])) == None || !_nodes[at].Visible))
                return None;
        return at;
    }

    /// <summary>Whether one of <paramref name="wanted"/> is at that very path or on the way to it.</summary>
    public bool Passes(ReadOnlySpan<byte> path, HashSet<int> wanted)
    {
        var at = Root;
        foreach (var part in path.Split((byte)'/'))
            if (wanted.Count == 0 || (at = Find(at, path[part])) == None)
                return false;
            else if (wanted.Contains(at))
                return true;
        return false;
    }

    /// <summary>The path from the root, as bytes.</summary>
    public byte[] Path(int id)
    {
        var length = -1;
        for (var at = id; at != Root; at = _nodes[at].Parent)
            length += Name(at).Length + 1;
        var path = new byte[Math.Max(0, length)];
        for (var at = id; at != Root; at = _nodes[at].Parent)
        {
            var name = Name(at);
            length -= name.Length;
            name.CopyTo(path.AsSpan(length));
            if (--length >= 0)
                path[length] = (byte)'/';
        }
        return path;
    }

    int Slot(int parent, ReadOnlySpan<byte> name, uint hash)
    {
        for (var slot = (int)(hash & (_slots.Length - 1)); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_slots[slot] == 0)
                return slot;
            ref var node = ref _nodes[_slots[slot] - 1];
            if (node.Hash == hash && node.Parent == parent && _names[node.Name].SequenceEqual(name))
                return slot;
        }
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var id = 1; id < _nodes.Count; id++)
        {
            var slot = (int)(_nodes[id].Hash & (_slots.Length - 1));
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = id + 1;
        }
    }

    static uint HashOf(int parent, ReadOnlySpan<byte> name) => (uint)XxHash3.HashToUInt64(name, parent);

    internal struct Node
    {
        public int Parent;
        public int FirstChild;
        public int NextSibling;
        public int VisibleChildren;

        /// <summary>The layer that the visible entry is from; <see cref="None"/> for a directory that only its children imply.</summary>
        public int Layer;
        public int Entry;

        /// <summary>Where the last file here was put among the hidden ones; <see cref="None"/> when none was.</summary>
        public int HiddenIndex;

        /// <summary>One more than the last layer that named a child here; 0 when none did.</summary>
        public int ChildStamp;
        public uint Hash;
        public TextSlice Name;
        public bool Visible;
    }
}

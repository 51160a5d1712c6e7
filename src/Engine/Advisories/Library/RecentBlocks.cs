namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Blocks that were read a moment ago, inflated: images are made of the same packages, so what one was asked about another will be. The one
/// that was not asked for longest makes room. Any number of threads may ask at once.
/// </summary>
/// <param name="mostBytes">Of all of them together.</param>
internal sealed class RecentBlocks(long mostBytes)
{
    readonly Lock _turn = new();
    readonly Dictionary<long, LinkedListNode<(long Offset, byte[] Bytes)>> _known = [];
    readonly LinkedList<(long Offset, byte[] Bytes)> _recent = [];
    long _bytes;

    public byte[]? Find(long offset)
    {
        lock (_turn)
        {
            if (!_known.TryGetValue(offset, out var node))
                return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    /// <returns>The same bytes.</returns>
    public byte[] Add(long offset, byte[] bytes)
    {
        lock (_turn)
        {
            // Another thread may have read it meanwhile. What does not fit at all is no reason to forget the others.
            if (bytes.Length > mostBytes / 4 || !_known.TryAdd(offset, new((offset, bytes))))
                return bytes;
            _recent.AddFirst(_known[offset]);
            _bytes += bytes.Length;
            while (_bytes > mostBytes)
            {
                var (oldest, gone) = _recent.Last!.Value;
                _recent.RemoveLast();
                _known.Remove(oldest);
                _bytes -= gone.Length;
            }
            return bytes;
        }
    }
}

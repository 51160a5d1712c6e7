namespace Plimsoll.Engine.Advisories.Aliases;

/// <summary>Ids that are joined pair by pair (a union-find), whatever the order of the pairs.</summary>
internal sealed class JoinedIds
{
    readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    public void Join(string left, string right)
    {
        var (one, other) = (RootOf(left), RootOf(right));
        if (string.CompareOrdinal(one, other) is var order && order != 0)
            _parents[order > 0 ? one : other] = order > 0 ? other : one;
    }

    /// <summary>The ids that hang together, in no order.</summary>
    public IEnumerable<List<string>> Groups()
    {
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var id in _parents.Keys.ToList())
        {
            var root = RootOf(id);
            if (!groups.TryGetValue(root, out var group))
                groups[root] = group = [];
            group.Add(id);
        }
        return groups.Values;
    }

    string RootOf(string id)
    {
        if (!_parents.TryAdd(id, id))
            for (var parent = _parents[id]; parent != id; parent = _parents[id])
                // Halving the way up keeps it short.
                id = _parents[id] = _parents[parent];
        return id;
    }
}

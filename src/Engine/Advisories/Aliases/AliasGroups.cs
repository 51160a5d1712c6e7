using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Aliases;

/// <summary>
/// Which records are about one problem. An alias holds in both directions and through others, also through records that are not there;
/// <c>upstream</c> holds in its own direction only; <c>related</c> means nothing here. The order of the records does not matter.
/// </summary>
public sealed class AliasGroups
{
    readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);
    readonly Dictionary<string, IReadOnlyList<string>> _upstream = new(StringComparer.Ordinal);

    AliasGroups() { }

    public static AliasGroups Of(IEnumerable<Advisory> advisories)
    {
        var groups = new AliasGroups();
        foreach (var advisory in advisories)
        {
            if (advisory.Upstream.Count > 0)
                groups._upstream[advisory.Id] = advisory.Upstream;
            foreach (var alias in advisory.Aliases)
                groups.Join(advisory.Id, alias);
        }
        foreach (var id in groups._parents.Keys.ToList())
        {
            var root = groups.RootOf(id);
            if (!groups._members.TryGetValue(root, out var members))
                groups._members[root] = members = [];
            members.Add(id);
        }
        foreach (var members in groups._members.Values)
            members.Sort(Better);
        return groups;
    }

    /// <summary>All names of the problem, the best first: CVEs, then by the alphabet. The id itself where it has no other.</summary>
    public IReadOnlyList<string> Names(string id) => _parents.ContainsKey(id) ? _members[RootOf(id)] : [id];

    /// <summary>The name that the problem goes by.</summary>
    public string Name(string id) => Names(id)[0];

    /// <summary>
    /// The ids that a record follows from, through as many records as there are, with the other names of each: what is known of a CVE holds
    /// for a distribution's update that mends it. In the order of <see cref="Names"/>; without the names of the record itself.
    /// </summary>
    public IReadOnlyList<string> Upstream(string id)
    {
        var seen = new HashSet<string>(Names(id), StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        var found = new List<string>();
        while (open.TryDequeue(out var next))
            foreach (var upstream in _upstream.GetValueOrDefault(next, []).SelectMany(Names))
                if (seen.Add(upstream))
                {
                    found.Add(upstream);
                    open.Enqueue(upstream);
                }
        found.Sort(Better);
        return found;
    }

    static int Better(string left, string right) => IsCve(left) == IsCve(right) ? string.CompareOrdinal(left, right) : IsCve(left) ? -1 : 1;

    static bool IsCve(string id) => id.StartsWith("CVE-", StringComparison.Ordinal);

    void Join(string left, string right)
    {
        var (one, other) = (RootOf(left), RootOf(right));
        if (one != other)
            _parents[string.CompareOrdinal(one, other) > 0 ? one : other] = string.CompareOrdinal(one, other) > 0 ? other : one;
    }

    string RootOf(string id)
    {
        if (!_parents.TryAdd(id, id))
            for (var parent = _parents[id]; parent != id; parent = _parents[id])
                // Halving the way up keeps it short whatever the order of the records.
                id = _parents[id] = _parents[parent];
        return id;
    }
}

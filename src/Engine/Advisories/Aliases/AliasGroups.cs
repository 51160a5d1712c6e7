using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Aliases;

/// <summary>
/// Which records are about one problem. An alias holds in both directions and through others, also through records that are not there;
/// <c>upstream</c> holds in its own direction only; <c>related</c> means nothing here. The order of the records does not matter.
/// </summary>
public sealed class AliasGroups
{
    readonly Dictionary<string, IReadOnlyList<string>> _names;
    readonly Dictionary<string, IReadOnlyList<string>> _upstream;

    AliasGroups(Dictionary<string, IReadOnlyList<string>> names, Dictionary<string, IReadOnlyList<string>> upstream) => (_names, _upstream) = (names, upstream);

    public static AliasGroups Of(IEnumerable<Advisory> advisories)
    {
        var (joined, upstream) = (new JoinedIds(), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        foreach (var advisory in advisories)
        {
            if (advisory.Upstream.Count > 0)
                upstream[advisory.Id] = advisory.Upstream;
            foreach (var alias in advisory.Aliases)
                joined.Join(advisory.Id, alias);
        }
        var names = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var group in joined.Groups())
        {
            group.Sort(Better);
            foreach (var id in group)
                names[id] = group;
        }
        return new AliasGroups(names, upstream);
    }

    /// <summary>All names of the problem, the best first: CVEs, then by the alphabet. The id itself where it has no other.</summary>
    public IReadOnlyList<string> Names(string id) => _names.GetValueOrDefault(id) ?? [id];

    /// <summary>The name that the problem goes by.</summary>
    public string Name(string id) => Names(id)[0];

    /// <summary>
    /// The ids that a record follows from, through as many records as there are, with the other names of each: what is known of a CVE holds
    /// for a distribution's update that mends it. In the order of <see cref="Names"/>; without the names of the record itself.
    /// </summary>
    public IReadOnlyList<string> Upstream(string id)
    {
        var names = Names(id);
        if (!names.Any(_upstream.ContainsKey))
            return [];
        var seen = new HashSet<string>(names, StringComparer.Ordinal);
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
}

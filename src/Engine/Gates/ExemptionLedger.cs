using System.Globalization;

namespace Plimsoll.Engine.Gates;

/// <summary>The exemptions of a policy at one moment, and which of them kept something from failing.</summary>
internal sealed class ExemptionLedger(IReadOnlyList<Exemption> exemptions, DateTimeOffset asOf)
{
    readonly Dictionary<Exemption, SortedSet<string>> _used = [];

    public IReadOnlyList<UsedExemption> Used =>
        [.. exemptions.Where(_used.ContainsKey).Select(e => new UsedExemption(e.Id, e.Package, e.Reason, e.Owner, e.Until, string.Join(", ", _used[e])))];

    /// <summary>Whether <paramref name="id"/> is exempt; when it is, <paramref name="what"/> goes on record. No package: the exemption names none either.</summary>
    public bool Covers(string id, string what)
    {
        var exemption = exemptions.FirstOrDefault(e => e.Id == id && e.Package is null && e.HoldsAt(asOf));
        if (exemption is null)
            return false;
        (_used.TryGetValue(exemption, out var known) ? known : _used[exemption] = new(StringComparer.Ordinal)).Add(what);
        return true;
    }

    /// <summary>A sentence on an exemption that would have covered <paramref name="ids"/> if it had not ended; empty when there is none.</summary>
    public string Expired(IEnumerable<string> ids) => exemptions.FirstOrDefault(e => e.Package is null && ids.Contains(e.Id) && !e.HoldsAt(asOf)) is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"; the exemption of {ended.Id} ended on {ended.Until:yyyy-MM-dd}") : "";
}

using System.Globalization;
using Plimsoll.Engine.Reports;

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
        return exemption is not null && Use(exemption, what);
    }

    /// <summary>Whether a vulnerability is exempt, by any of its names, for its package or for all.</summary>
    public bool Covers(VulnerabilityReport one)
    {
        var exemption = exemptions.FirstOrDefault(e => (e.Id == one.Id || one.Aliases.Contains(e.Id)) && (e.Package is null || Begins(one.Package, e.Package)) && e.HoldsAt(asOf));
        return exemption is not null && Use(exemption, $"{one.Id} in {one.Name}");
    }

    bool Use(Exemption exemption, string what)
    {
        (_used.TryGetValue(exemption, out var known) ? known : _used[exemption] = new(StringComparer.Ordinal)).Add(what);
        return true;
    }

    // pkg:deb/debian/openssl is no beginning of pkg:deb/debian/openssl-tools.
    static bool Begins(string purl, string beginning) =>
        purl.StartsWith(beginning, StringComparison.Ordinal) && (purl.Length == beginning.Length || beginning[^1] is '/' or '@' || purl[beginning.Length] is '/' or '@' or '?' or '#');

    /// <summary>A sentence on an exemption that would have covered <paramref name="ids"/> if it had not ended; empty when there is none.</summary>
    public string Expired(IEnumerable<string> ids) => exemptions.FirstOrDefault(e => ids.Contains(e.Id) && !e.HoldsAt(asOf)) is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"; the exemption of {ended.Id} ended on {ended.Until:yyyy-MM-dd}") : "";
}

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

    /// <summary>
    /// Whether a vulnerability is exempt, for its package or for all: by a name of its own, or because everything that it follows from is. An update that mends ten CVEs
    /// is not exempt for one of them.
    /// </summary>
    public bool Covers(VulnerabilityReport one)
    {
        var what = $"{one.Id} in {one.Name}";
        if (exemptions.FirstOrDefault(e => IsNamed(one, e) && Applies(e, one.Package)) is { } own)
            return Use(own, what);
        var upstream = one.Upstream.Where(name => name.StartsWith("CVE-", StringComparison.Ordinal)).ToList().ConvertAll(name => exemptions.FirstOrDefault(e => e.Id == name && Applies(e, one.Package)));
        return upstream.Count > 0 && !upstream.Contains(null) && upstream.TrueForAll(exemption => Use(exemption!, what));
    }

    /// <summary>Whether a record that cannot be decided is exempt.</summary>
    public bool Covers(UndecidedAdvisory one) => exemptions.FirstOrDefault(e => e.Id == one.Id && Applies(e, one.Package)) is { } exemption && Use(exemption, one.Id);

    static bool IsNamed(VulnerabilityReport one, Exemption exemption) => one.Id == exemption.Id || one.Aliases.Contains(exemption.Id);

    bool Applies(Exemption exemption, string purl) => IsFor(exemption, purl) && exemption.HoldsAt(asOf);

    static bool IsFor(Exemption exemption, string purl) => exemption.Package is null || Begins(purl, exemption.Package);

    bool Use(Exemption exemption, string what)
    {
        (_used.TryGetValue(exemption, out var known) ? known : _used[exemption] = new(StringComparer.Ordinal)).Add(what);
        return true;
    }

    // pkg:deb/debian/openssl is no beginning of pkg:deb/debian/openssl-tools.
    static bool Begins(string purl, string beginning) =>
        purl.StartsWith(beginning, StringComparison.Ordinal) && (purl.Length == beginning.Length || beginning[^1] is '/' or '@' || purl[beginning.Length] is '/' or '@' or '?' or '#');

    /// <summary>A sentence on an exemption that would have covered <paramref name="ids"/> if it had not ended; empty when there is none.</summary>
    public string Expired(IEnumerable<string> ids) => Ended(exemptions.FirstOrDefault(e => e.Package is null && ids.Contains(e.Id) && !e.HoldsAt(asOf)));

    /// <inheritdoc cref="Expired(IEnumerable{string})"/>
    public string Expired(IReadOnlyList<VulnerabilityReport> all) =>
        Ended(exemptions.FirstOrDefault(e => !e.HoldsAt(asOf) && all.Any(one => IsNamed(one, e) && IsFor(e, one.Package))));

    static string Ended(Exemption? exemption) => exemption is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"; the exemption of {ended.Id} ended on {ended.Until:yyyy-MM-dd}") : "";
}

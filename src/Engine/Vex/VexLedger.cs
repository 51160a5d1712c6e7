using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Vex;

/// <summary>All statements of some documents, held against reports. Safe for use by several threads.</summary>
public sealed class VexLedger
{
    /// <summary>Statements that do not hold, of one vulnerability, that are told one by one.</summary>
    const int Told = 4;

    readonly Dictionary<string, List<FiledStatement>> _statements = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, List<string>> _unusable = new(StringComparer.OrdinalIgnoreCase);

    VexLedger()
    {
    }

    /// <summary>Without a statement.</summary>
    public static VexLedger Empty { get; } = new();

    public bool IsEmpty => _statements.Count + _unusable.Count == 0;

    public static VexLedger Of(IEnumerable<VexDocument> documents)
    {
        var ledger = new VexLedger();
        // Many statements of a document are on the same products.
        var scopes = new Dictionary<VexProduct, VexScope>(ReferenceEqualityComparer.Instance);
        foreach (var document in documents)
        {
            foreach (var statement in document.Statements)
            {
                var filed = new FiledStatement(document, statement, [.. statement.Products.Select(product => scopes.TryGetValue(product, out var known) ? known : scopes[product] = VexScope.Of(product))]);
                foreach (var name in statement.Vulnerabilities.Distinct(StringComparer.OrdinalIgnoreCase))
                    Add(ledger._statements, name, filed);
            }
            foreach (var one in document.Unusable)
                if (one.Vulnerability is { } name)
                    Add(ledger._unusable, name, $"{document.Id} cannot be used: {one.Reason}");
        }
        return ledger;
    }

    /// <summary>The same report, with what is stated of each vulnerability; as it is where it has none, or nothing is stated.</summary>
    /// <param name="names">What the image was asked for by: references, and digests of indexes that it is in. By the digests of its manifest and configuration it is known in any case.</param>
    public ImageReport Apply(ImageReport image, IEnumerable<string>? names = null)
    {
        if (IsEmpty || image.Vulnerabilities is not { } found)
            return image;
        var subject = VexSubject.Of(image.Image, names ?? []);
        return image with
        {
            Vulnerabilities = [.. found.Select(one => Of(one.Aliases.Prepend(one.Id), one.Upstream, one.Package, subject) is { } vex ? one with { Vex = vex } : one)],
            Advisories = image.Advisories is { Undecided.Count: > 0 } data
                ? data with { Undecided = [.. data.Undecided.Select(one => Of([one.Id], [], one.Package, subject) is { } vex ? one with { Vex = vex } : one)] } : image.Advisories,
        };
    }

    VexReport? Of(IEnumerable<string> names, IReadOnlyList<string> upstream, string purl, VexSubject subject)
    {
        var package = Purl.Parse(purl);
        var rejected = new List<(VexRank Rank, string Reason)>();
        var all = names.ToList();
        if (Latest(all, package, subject, rejected) is { } own)
        {
            if (Open(own, all, package, subject) is not { } open)
                return own.Report(Tell(rejected));
            rejected.Add((VexRank.OtherVersion, $"{own.Document.Id} says {own.Statement.Status.Words()} of {own.Name}, and of {open}, which the same record is about, nothing like it is stated"));
        }
        // An update that mends ten CVEs is not put aside for one of them.
        var mended = upstream.Where(name => name.StartsWith("CVE-", StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var stated = mended.ConvertAll(name => (Name: name, Held: Latest([name], package, subject, rejected)));
        var held = stated.ConvertAll(one => one.Held).OfType<HeldStatement>().ToList();
        if (held.Count > 0 && held.Count == stated.Count)
            return held.OrderByDescending(one => one.Statement.Status).First().Report(Tell(rejected)) with { Vulnerability = string.Join(", ", mended) };
        rejected.AddRange(held.Select(one => (VexRank.OtherVersion, $"{one.Document.Id} says {one.Statement.Status.Words()} of {one.Name}, which is one of {mended.Count} that it follows from, and of {stated.First(other => other.Held is null).Name} nothing is stated")));
        return rejected.Count == 0 ? null : new VexReport(null, null, null, null, null, null, null, null, Tell(rejected));
    }

    // A record may be about several CVEs at once, and is not put aside for one of them.
    string? Open(HeldStatement own, List<string> names, Purl? package, VexSubject subject)
    {
        var cves = names.Where(name => name.StartsWith("CVE-", StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return !SetsAside(own) || cves.Count < 2 ? null : cves.Find(cve => Latest([cve], package, subject, []) is not { } held || !SetsAside(held));
    }

    static bool SetsAside(HeldStatement held) => held.Statement.Status is VexStatus.NotAffected or VexStatus.Fixed;

    HeldStatement? Latest(IEnumerable<string> names, Purl? package, VexSubject subject, List<(VexRank, string)> rejected)
    {
        HeldStatement? latest = null;
        var seen = new HashSet<FiledStatement>(ReferenceEqualityComparer.Instance);
        foreach (var name in names)
        {
            rejected.AddRange((_unusable.GetValueOrDefault(name) ?? []).Select(reason => (VexRank.Fits, reason)));
            foreach (var filed in _statements.GetValueOrDefault(name) ?? [])
                if (!seen.Add(filed))
                    continue;
                else if (filed.Find(package, subject, out var nearest) is not { } scope)
                    rejected.Add((nearest.Rank, $"{filed.Document.Id} says {filed.Statement.Status.Words()}: {nearest.WhyNot}"));
                else if (latest is null || filed.IsBefore(latest.Filed) is false)
                    latest = new HeldStatement(filed, scope, name);
        }
        return latest;
    }

    static List<string> Tell(List<(VexRank Rank, string Reason)> rejected)
    {
        var reasons = rejected.OrderBy(one => one.Rank).Select(one => one.Reason).Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count <= Told ? reasons : [.. reasons.Take(Told), $"and {reasons.Count - Told} more do not hold here"];
    }

    static void Add<T>(Dictionary<string, List<T>> all, string name, T one) => (all.TryGetValue(name, out var known) ? known : all[name] = []).Add(one);
}

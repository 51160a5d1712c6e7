using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Advisories.Severities;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories;

/// <summary>Advisory data, as one moment has it.</summary>
/// <param name="Advisories">At least the records that name a package of the images that are asked about.</param>
/// <param name="Sources">The ecosystems, without releases, that there is data of, and when each was last known to be what its source has.</param>
/// <param name="Covers">Whether there is anything on an ecosystem with its release.</param>
/// <param name="ExploitedAsOf">The same time of the catalogue of what is known to be exploited; null where there is none.</param>
/// <param name="Exploitations">What is known of attacks, by the names of problems; those of which nothing is known are left out.</param>
public sealed record KnownAdvisories(
    AdvisorySet Advisories, IReadOnlyDictionary<string, DateTimeOffset> Sources, Func<string, bool> Covers, DateTimeOffset? ExploitedAsOf,
    Func<IEnumerable<string>, IReadOnlyDictionary<string, Exploitation>> Exploitations)
{
    /// <summary>What a library has on the packages of these images; null where it has no advisories at all.</summary>
    /// <exception cref="DamagedLibraryException">A part of the library is not what was written there.</exception>
    public static KnownAdvisories? Of(AdvisoryLibrary library, IEnumerable<ImageReport> images) => library.AsOf is null ? null : new(
        library.For(images.SelectMany(image => Installed(image).Select(packages => packages.Key)).Where(one => one.Ecosystem is not null).Distinct()),
        library.Sources.Where(source => source.Kind == SourceKind.Advisories).ToDictionary(source => source.Name, source => source.Provenance.AsOf, StringComparer.Ordinal), library.Covers,
        library.Sources.FirstOrDefault(source => source.Kind == SourceKind.KnownExploited)?.Provenance.AsOf, library.Exploitations);

    /// <summary>The same report with the vulnerabilities of its packages. Nothing is read but the report, so what was found once is matched again at any time.</summary>
    /// <param name="now">Records that were withdrawn by then match nothing.</param>
    public ImageReport Judge(ImageReport image, DateTimeOffset now)
    {
        var installed = Installed(image);
        var sources = CoveredOf(installed);
        var covered = installed.Select(packages => packages.Key).Where(one => one.Ecosystem is { } ecosystem && sources.Contains(ecosystem)).ToList();
        var inventory = Advisories.Match(covered, now);
        var attacks = Exploitations(inventory.Vulnerabilities.SelectMany(found => found.Names));
        return (image with
        {
            Vulnerabilities =
            [
                .. inventory.Vulnerabilities.SelectMany(found => installed[found.Component].Select(package => Of(found, package, attacks)))
                    .OrderByDescending(found => found.KnownExploited).ThenByDescending(found => found.Severity).ThenByDescending(found => found.Score)
                    .ThenBy(found => found.Package, StringComparer.Ordinal).ThenBy(found => found.Id, StringComparer.Ordinal),
            ],
            Advisories = new AdvisoryReport(
                // The age of what is of no use here does not matter.
                sources.Select(ecosystem => Sources[EcosystemRules.Base(ecosystem)]).DefaultIfEmpty(Sources.Values.DefaultIfEmpty(now).Min()).Min(), ExploitedAsOf,
                Uncovered(installed, sources, image),
                [.. inventory.Unknown.SelectMany(match => installed[match.Component].Select(package => new UndecidedAdvisory(match.Advisory.Id, match.Rating.Severity, package.Purl, match.Explanation.Reason)))]),
        }).WithBase(image.Base);
    }

    static ILookup<Component, PackageReport> Installed(ImageReport image) => image.Packages.Where(package => package.RemovedIn is null).ToLookup(package => Component.Of(package, image.Config.OperatingSystem));

    /// <summary>The packages that nothing is known of, whatever there is on the others.</summary>
    public IReadOnlyList<UncoveredPackages> Uncovered(ImageReport image) => Installed(image) is var installed ? Uncovered(installed, CoveredOf(installed), image) : [];

    // An image has hundreds of packages and a handful of ecosystems.
    HashSet<string> CoveredOf(ILookup<Component, PackageReport> installed) =>
        [.. installed.Select(packages => packages.Key.Ecosystem).OfType<string>().Distinct(StringComparer.Ordinal).Where(ecosystem => Sources.ContainsKey(EcosystemRules.Base(ecosystem)) && Covers(ecosystem))];

    static VulnerabilityReport Of(Vulnerability found, PackageReport package, IReadOnlyDictionary<string, Exploitation> known)
    {
        var worst = found.Matches.MaxBy(match => (match.Rating.Severity, match.Rating.Score))!;
        var attacks = found.Names.Select(name => known.GetValueOrDefault(name)).OfType<Exploitation>().ToList();
        var since = attacks.Min(attack => attack.KnownSince);
        return new VulnerabilityReport(
            found.Id, [.. found.Aliases.Where(name => name != found.Id)], found.Upstream, Attacked.Raise(found.Severity, since is not null), worst.Rating.Score, worst.Rating.Basis, package.Purl, package.Name, worst.Explanation.Version, found.FixedIn,
            found.FixedIn is null ? found.Matches.Select(match => match.Explanation.Event).FirstOrDefault(e => e is { Kind: EventKind.LastAffected })?.Version : null,
            since is not null, attacks.Max(attack => attack.Probability), package.Layer,
            found.Matches.Min(match => match.Advisory.Published), found.IsUnconfirmed, found.Matches.Select(match => match.Advisory.Summary).FirstOrDefault(summary => summary is not null),
            [.. found.Matches.Select(Sentence), .. Attacked.Why(found.Severity, since) is { } raised ? [raised] : (string[])[]]);
    }

    static string Sentence(Match match) =>
        $"{match.Statement}{(match.Explanation.Note is { } note ? $"; {note}" : "")}";

    // What the distribution brought is the distribution's, whose own package stands here too.
    IReadOnlyList<UncoveredPackages> Uncovered(ILookup<Component, PackageReport> installed, HashSet<string> covered, ImageReport image)
    {
        var gaps = installed.Where(packages => packages.Key.Owner == OwnerKind.None && !(packages.Key.Ecosystem is { } ecosystem && covered.Contains(ecosystem)))
            .SelectMany(packages => packages).GroupBy(package => Gap(package, image.Config.OperatingSystem))
            .Select(gap => new UncoveredPackages(gap.Key.Reason, gap.Key.Source, gap.Count(), gap.Any(package => PackageUrl.IsOfSystem(package.Type))));
        // To delete the list of packages does not take the packages away.
        if (image.Packages.Where(package => PackageUrl.IsOfSystem(package.Type)).ToList() is { Count: > 0 } all && all.TrueForAll(package => package.RemovedIn is not null))
            gaps = gaps.Append(new UncoveredPackages("the database of the distribution's packages was deleted, and with it what they are", null, all.Count, IsDistribution: true));
        return [.. gaps.OrderBy(gap => gap.Reason, StringComparer.Ordinal)];
    }

    (string Reason, string? Source) Gap(PackageReport package, OsRelease? os)
    {
        if (Component.Of(package, os).Ecosystem is { } ecosystem && EcosystemRules.Base(ecosystem) is var source)
            return ($"there is no advisory data for {(Sources.ContainsKey(source) ? ecosystem : source)}", source);
        return (PackageUrl.IsOfSystem(package.Type) ? Distribution.Of(os).NoSource! : $"nobody publishes advisories for packages of the type {package.Type}", null);
    }
}

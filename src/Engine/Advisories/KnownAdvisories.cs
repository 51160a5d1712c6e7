using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories;

/// <summary>Advisory data, as one moment has it.</summary>
/// <param name="Advisories">At least the records that name a package of the images that are asked about.</param>
/// <param name="Sources">The ecosystems, without releases, that there is data of.</param>
/// <param name="AsOf">When the oldest of it was last known to be what its source has.</param>
/// <param name="Exploitation">What is known of attacks by the name of a problem; null where nothing is.</param>
public sealed record KnownAdvisories(AdvisorySet Advisories, IReadOnlySet<string> Sources, DateTimeOffset AsOf, Func<string, Exploitation?> Exploitation)
{
    /// <summary>What a library has on the packages of these images; null where it has no advisories at all.</summary>
    /// <exception cref="DamagedLibraryException">A part of the library is not what was written there.</exception>
    public static KnownAdvisories? Of(AdvisoryLibrary library, IEnumerable<ImageReport> images) => library.AsOf is { } asOf
        ? new KnownAdvisories(
            library.For(images.SelectMany(image => image.Packages.Where(package => package.RemovedIn is null).Select(package => Component.Of(package, image.Config.OperatingSystem))).Where(one => one.Ecosystem is not null).Distinct()),
            library.Sources.Where(source => source.Kind == SourceKind.Advisories).Select(source => source.Name).ToHashSet(StringComparer.Ordinal), asOf, library.Exploitation)
        : null;

    /// <summary>The same report with the vulnerabilities of its packages. Nothing is read but the report, so what was found once is matched again at any time.</summary>
    /// <param name="now">Records that were withdrawn by then match nothing.</param>
    public ImageReport Judge(ImageReport image, DateTimeOffset now)
    {
        var installed = image.Packages.Where(package => package.RemovedIn is null).ToLookup(package => Component.Of(package, image.Config.OperatingSystem));
        var covered = installed.Where(packages => packages.Key.Ecosystem is { } ecosystem && Sources.Contains(EcosystemRules.Base(ecosystem))).Select(packages => packages.Key).ToList();
        var inventory = Advisories.Match(covered, now);
        return image with
        {
            Vulnerabilities =
            [
                .. inventory.Vulnerabilities.SelectMany(found => installed[found.Component].Select(package => Of(found, package)))
                    .OrderByDescending(found => found.KnownExploited).ThenByDescending(found => found.Severity).ThenByDescending(found => found.Score)
                    .ThenBy(found => found.Package, StringComparer.Ordinal).ThenBy(found => found.Id, StringComparer.Ordinal),
            ],
            Advisories = new AdvisoryReport(AsOf, [.. Uncovered(installed, image.Config.OperatingSystem)],
                [.. inventory.Unknown.SelectMany(match => installed[match.Component].Select(package => new UndecidedAdvisory(match.Advisory.Id, package.Purl, match.Explanation.Reason)))]),
        };
    }

    VulnerabilityReport Of(Vulnerability found, PackageReport package)
    {
        var worst = found.Matches.MaxBy(match => (match.Rating.Severity, match.Rating.Score))!;
        var attacks = found.Names.Select(Exploitation).OfType<Exploitation>().ToList();
        return new VulnerabilityReport(
            found.Id, [.. found.Names.Where(name => name != found.Id)], found.Severity, worst.Rating.Score, worst.Rating.Basis, package.Purl, package.Name, worst.Explanation.Version, found.FixedIn,
            attacks.Exists(attack => attack.KnownSince is not null), attacks.Max(attack => attack.Probability), package.Layer,
            found.Matches.Min(match => match.Advisory.Published), found.IsUnconfirmed, found.Matches.Select(match => match.Advisory.Summary).FirstOrDefault(summary => summary is not null),
            [.. found.Matches.Select(Sentence)]);
    }

    static string Sentence(Match match) =>
        $"{match.Advisory.Id} on {match.Explanation.Name}: {match.Explanation.Reason}{(match.Explanation.Order is { } order ? $" (order of {order})" : "")}{(match.Explanation.Note is { } note ? $"; {note}" : "")}";

    // What the distribution brought is the distribution's, whose own package stands here too.
    IEnumerable<UncoveredPackages> Uncovered(ILookup<Component, PackageReport> installed, OsRelease? os) =>
        installed.Where(packages => packages.Key.Owner == OwnerKind.None && !(packages.Key.Ecosystem is { } ecosystem && Sources.Contains(EcosystemRules.Base(ecosystem))))
            .SelectMany(packages => packages).GroupBy(package => Gap(package, os)).Select(gap => new UncoveredPackages(gap.Key.Reason, gap.Key.Source, gap.Count(), gap.Any(IsOfDistribution)))
            .OrderBy(gap => gap.Reason, StringComparer.Ordinal);

    static (string Reason, string? Source) Gap(PackageReport package, OsRelease? os)
    {
        if (Component.Of(package, os).Ecosystem is { } ecosystem)
            return ($"there is no advisory data for {EcosystemRules.Base(ecosystem)}", EcosystemRules.Base(ecosystem));
        return (IsOfDistribution(package) ? Distribution.Of(os).NoSource! : $"nobody publishes advisories for packages of the type {package.Type}", null);
    }

    static bool IsOfDistribution(PackageReport package) => package.Type is "deb" or "apk" or "rpm";
}

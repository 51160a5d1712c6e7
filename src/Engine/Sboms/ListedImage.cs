using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Sboms;

/// <summary>What a document is about, and what it lists of it.</summary>
/// <param name="Os">Null where it names none.</param>
/// <param name="Omitted">Entries without a package URL.</param>
internal sealed record ListedImage(string? Name, OsRelease? Os, IReadOnlyList<ListedPackage> Packages, int Omitted)
{
    /// <summary>So many packages of a distribution are never all their own source.</summary>
    const int Many = 4;

    public Digest? ManifestDigest { get; init; }

    public Digest? ConfigDigest { get; init; }

    public Platform? Platform { get; init; }

    public ImageReport Report(string format, string name, Digest document)
    {
        List<PackageReport> packages =
        [
            .. Packages.Select(package => package.Report(name)).OrderBy(package => package.Type, StringComparer.Ordinal).ThenBy(package => package.Name, StringComparer.Ordinal)
                .ThenBy(package => package.Version, StringComparer.Ordinal).ThenBy(package => package.Purl, StringComparer.Ordinal),
        ];
        return new ImageReport(
            new ImageIdentity(Name, ManifestDigest, ConfigDigest ?? document, Platform ?? new Platform("unknown", "unknown"), null, 0, 0, []),
            new ConfigReport("", [], [], [], [], null, [], new Dictionary<string, string>(), null, "", Os ?? OsOf(Packages)),
            [], new WasteReport(1, 0, 0, [], [], null, new DiveScore(1, 0, 0)), [], [], packages, null, null, [.. Notes(format, packages)], null);
    }

    IEnumerable<string> Notes(string format, List<PackageReport> packages)
    {
        yield return $"read from an SBOM ({format}): its packages are all that is known; layers, files, checks and secrets are not in it";
        if (Omitted > 0)
            yield return $"{Omitted} of its entries have no package URL that can be used: nothing is known of them";
        // Their advisories name source packages. Without these, what is built from another package is not found.
        if (packages.Where(package => package.Type is "deb" or "apk").ToList() is { Count: > Many } all && all.TrueForAll(package => package.Source is null))
            yield return "it names the source of no package: vulnerabilities of packages that are built from a source of another name are not found";
    }

    /// <summary>What os-release calls what others have a name of their own for.</summary>
    public static string OsId(string name) => name switch { "alma" => "almalinux", "redhat" => "rhel", "cbl-mariner" => "mariner", _ => name };

    // debian-12 of a package URL; the id may have hyphens too.
    static OsRelease? OsOf(IReadOnlyList<ListedPackage> packages) =>
        packages.Select(package => PurlQualifiers.Of(package.Purl.Whole, "distro")).FirstOrDefault(distribution => distribution?.LastIndexOf('-') > 0) is { } named
            && named.LastIndexOf('-') is var at ? new OsRelease(OsId(named[..at]), named[(at + 1)..], named) : null;
}

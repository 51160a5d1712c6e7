using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>
/// A package with everything that decides which advisories match it, and nothing else: packages of different images that are equal here have
/// the same vulnerabilities.
/// </summary>
/// <param name="Ecosystem">With the release: <c>Debian:12</c>, <c>PyPI</c>; null where no source of advisories covers it.</param>
/// <param name="Name">As its evidence writes it.</param>
/// <param name="Version">Empty where it has none.</param>
/// <param name="SourceName">The package itself where it is its own source.</param>
/// <param name="SourceVersion">With the epoch, where there is one.</param>
/// <param name="Stream">The module stream that an rpm was built in, <c>nodejs:18</c>; null where it was built in none, or does not say.</param>
public sealed record Component(
    string? Ecosystem, string Name, string Version, string SourceName, string SourceVersion, string? Stream, string? Architecture, OwnerKind Owner)
{
    /// <param name="os">Of the image; null where it has no os-release.</param>
    public static Component Of(PackageReport package, OsRelease? os)
    {
        // The package URL has what a report does not have a member for.
        var module = PurlQualifiers.Of(package.Purl, "rpmmod");
        return Of(
            new InstalledPackage(package.Type, package.Name, package.Version)
            {
                Architecture = PurlQualifiers.Of(package.Purl, "arch"),
                Source = package.Source,
                Qualifiers = module is null ? [] : [new("rpmmod", module)],
            },
            package.OwnedBy, os);
    }

    /// <param name="ownedBy">The package of the distribution that brought it; null where none did.</param>
    internal static Component Of(InstalledPackage package, string? ownedBy, OsRelease? os)
    {
        var distribution = Distribution.Of(os).Ecosystem;
        var isOfDistribution = PackageUrl.IsOfSystem(package.Type);
        return new Component(
            isOfDistribution ? distribution : EcosystemRules.OfType(package.Type), package.Name, package.Version,
            package.Source?.Name ?? package.Name, SourceVersionOf(package),
            package.Qualifiers.FirstOrDefault(qualifier => qualifier.Key == "rpmmod").Value is { } module ? StreamOf(module) : null,
            package.Architecture,
            isOfDistribution || ownedBy is null ? OwnerKind.None : distribution is null ? OwnerKind.UncoveredDistribution : OwnerKind.Distribution);
    }

    // The name of a source rpm leaves out the epoch, which is that of the packages built from it.
    static string SourceVersionOf(InstalledPackage package) =>
        package.Source?.Version is not { } version ? package.Version
        : package.Type == "rpm" && package.Version.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? $"{package.Version[..colon]}:{version}"
        : version;

    // nodejs:18:8090020230601104548:a75119d5
    static string? StreamOf(string module) => module.Split(':') is [var name, var stream, ..] ? $"{name}:{stream}" : null;
}

/// <summary>Who answers for a package.</summary>
public enum OwnerKind
{
    /// <summary>It came by itself: the advisories of its ecosystem are about it.</summary>
    None,

    /// <summary>A package of the distribution brought it, with the distribution's patches: the advisories of the distribution are about it.</summary>
    Distribution,

    /// <summary>As <see cref="Distribution"/>, but no source has the advisories of that distribution.</summary>
    UncoveredDistribution,
}

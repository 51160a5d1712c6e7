using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// The packages of an image over its layers. Evidence is read in every layer that has it, so that a package which an upper layer replaced
/// or deleted is still known, with the layer that it went away in.
/// </summary>
internal static class PackageHistory
{
    public static IReadOnlyList<PackageReport> Of(IReadOnlyList<LayerIndex> layers, FileTree tree, OsRelease? os)
    {
        var owners = new FileOwners(layers, tree);
        return [.. Sightings.Of(layers, tree, layer => layer.Packages).SelectMany(file => InFile(file.Key, file.Value))
            .GroupBy(found => (Purl: PackageUrl.Of(found.Package, os), OwnedBy: owners.Of(found.Path, found.Package.Type), Gone: found.RemovedIn is not null))
            .Select(same => ReportOf([.. same], same.Key.Purl, same.Key.OwnedBy, owners))
            .OrderBy(p => p.Type, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Version, StringComparer.Ordinal)
            .ThenBy(p => p.Purl, StringComparer.Ordinal).ThenBy(p => p.RemovedIn ?? int.MaxValue).ThenBy(p => p.Locations[0], StringComparer.Ordinal)];
    }

    // A package came with the first of the file's versions that lists it, and went with the last.
    static IEnumerable<Found> InFile(string path, IReadOnlyList<Sighting<PackageEvidence>> versions) =>
        from version in versions
        from package in version.Evidence.Packages
        group (Version: version, Package: package) by (package.Type, package.Name, package.Version, package.Architecture, package.Inside) into same
        let last = same.Last()
        select new Found(last.Package, path, same.First().Version.Layer, last.Version.HiddenBy);

    static PackageReport ReportOf(IReadOnlyList<Found> same, string purl, string? ownedBy, FileOwners owners)
    {
        var package = same[0].Package;
        return new PackageReport(
            package.Type, package.Name, package.Version, purl, package.Source, same.Min(found => found.Layer),
            [.. same.Select(found => found.Location).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            package.Licences.Count > 0 ? package.Licences : owners.LicencesOf(package), ownedBy, same.Max(found => found.RemovedIn));
    }

    sealed record Found(InstalledPackage Package, string Path, int Layer, int? RemovedIn)
    {
        public string Location => Package.Inside is null ? Path : $"{Path}!/{Package.Inside}";
    }
}

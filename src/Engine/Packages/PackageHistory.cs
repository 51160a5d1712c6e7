using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// The packages of an image over its layers. A database is read in every layer that has it, so that a package which an upper layer
/// replaced or deleted is still known, with the layer that it went away in.
/// </summary>
internal static class PackageHistory
{
    public static IReadOnlyList<PackageReport> Of(IReadOnlyList<LayerIndex> layers, FileTree tree, OsRelease? os)
    {
        var found = new List<PackageReport>();
        foreach (var path in layers.SelectMany(layer => layer.Packages.Keys).Distinct())
            found.AddRange(OfDatabase(path, layers, tree, os));
        return [.. found.OrderBy(p => p.Type, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Version, StringComparer.Ordinal).ThenBy(p => p.Purl, StringComparer.Ordinal).ThenBy(p => p.Location, StringComparer.Ordinal)];
    }

    static IEnumerable<PackageReport> OfDatabase(string path, IReadOnlyList<LayerIndex> layers, FileTree tree, OsRelease? os)
    {
        var reports = new Dictionary<(string, string, string?), PackageReport>();
        for (var layer = 0; layer < layers.Count; layer++)
        {
            if (!layers[layer].Packages.TryGetValue(path, out var list))
                continue;
            var listed = new HashSet<(string, string, string?)>();
            foreach (var package in list.Packages)
            {
                var key = (package.Name, package.Version, package.Architecture);
                listed.Add(key);
                reports[key] = reports.TryGetValue(key, out var known) ? known with { RemovedIn = null } : ReportOf(package, layer, path, os);
            }
            foreach (var (key, report) in reports)
                if (report.RemovedIn is null && !listed.Contains(key))
                    reports[key] = report with { RemovedIn = layer };
        }
        return DeletedIn(path, layers, tree) is { } gone
            ? reports.Values.Select(report => report with { RemovedIn = report.RemovedIn ?? gone }) : reports.Values;
    }

    // The whole database went away in a later layer: so did what it listed, as far as anyone can tell by looking at the final tree.
    static int? DeletedIn(string path, IReadOnlyList<LayerIndex> layers, FileTree tree)
    {
        if (tree.FindLink(path) is not null)
            return null;
        var last = tree.Hidden.LastOrDefault(hidden => layers[hidden.Layer].Table[hidden.Entry].Path == path);
        return last.HiddenBy > 0 ? last.HiddenBy : null;
    }

    static PackageReport ReportOf(InstalledPackage package, int layer, string location, OsRelease? os) => new(
        package.Type, package.Name, package.Version, PackageUrl.Of(package, os), package.Source, layer, location, package.Licences, null);
}

using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Perf.Advisories;

/// <summary>Packages as a company has them: most that no advisory names, and some that one does, in versions around those that it speaks of.</summary>
internal sealed class Catalogue
{
    /// <summary>Versions of one package.</summary>
    const int Versions = 20;

    readonly List<PackageReport[]> _system, _application;

    Catalogue(List<PackageReport[]> system, List<PackageReport[]> application) => (_system, _application) = (system, application);

    public static Catalogue Of(string export)
    {
        var names = new Dictionary<(string Type, string Name), HashSet<string>>();
        foreach (var zip in Directory.EnumerateFiles(export, "all.zip", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var file = File.OpenHandle(zip);
            foreach (var affected in new AdvisoryExport(file).Records().Select(record => record.Reading.Advisory).OfType<Advisory>().SelectMany(advisory => advisory.Affected))
                if (TypeOf(affected.Ecosystem) is { } type)
                {
                    if (!names.TryGetValue((type, affected.Name), out var versions))
                        names[(type, affected.Name)] = versions = new(StringComparer.Ordinal);
                    foreach (var version in affected.Ranges.SelectMany(range => range.Events).Select(e => e.Version).Concat(affected.Versions.Take(5)).Where(version => version is not ("0" or "*")).Take(Versions - versions.Count))
                        versions.Add(version);
                }
        }
        var known = names.OrderBy(pair => pair.Key.Type, StringComparer.Ordinal).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal).Where(pair => pair.Value.Count > 0)
            .Select(pair => (pair.Key.Type, Packages: pair.Value.Order(StringComparer.Ordinal).Select(version => Package(pair.Key.Type, pair.Key.Name, version)).ToArray())).ToList();
        // Three of four packages are in no advisory.
        IEnumerable<PackageReport[]> Unknown(string type, int count) => Enumerable.Range(0, count).Select(number => Enumerable.Range(0, 2).Select(version => Package(type, $"library-{number}", $"1.{version}.0")).ToArray());
        return new([.. known.Where(one => one.Type == "rpm").Select(one => one.Packages), .. Unknown("rpm", 24000)],
            [.. known.Where(one => one.Type != "rpm").Select(one => one.Packages), .. Unknown("pypi", 30000), .. Unknown("golang", 30000)]);
    }

    /// <summary>The packages of an image: two of three from its base, of which there are two hundred in several states, the others its own.</summary>
    public IEnumerable<PackageReport> Of(int image, int packages)
    {
        var (family, state) = (image % 200, image / 200 % 10);
        for (var i = 0; i < packages * 2 / 3; i++)
        {
            var versions = _system[Pick(family, i, _system.Count)];
            yield return versions[Pick(family + state / 3, i, versions.Length)];
        }
        for (var i = 0; i < packages - packages * 2 / 3; i++)
        {
            var versions = _application[Pick(image, 1000 + i, _application.Count)];
            yield return versions[Pick(image, 2000 + i, versions.Length)];
        }
    }

    // The same on every machine and in every run.
    static int Pick(int first, int second, int most)
    {
        // SplitMix64.
        var z = ((ulong)first << 32 | (uint)second) * 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return (int)((z ^ z >> 31) % (ulong)most);
    }

    static PackageReport Package(string type, string name, string version) =>
        new(type, name, version, type == "rpm" ? $"pkg:rpm/almalinux/{name}@{version}?arch=x86_64" : $"pkg:{type}/{name}@{version}", null, type == "rpm" ? 0 : 1, [$"usr/lib/{type}/{name}"], ["MIT"], null, null);

    static string? TypeOf(string ecosystem) => ecosystem switch { "AlmaLinux:9" => "rpm", "PyPI" => "pypi", "Go" => "golang", "crates.io" => "cargo", "Bitnami" => "bitnami", _ => null };
}

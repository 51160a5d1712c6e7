using System.IO.Compression;
using System.Text.Json;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>The versions that real advisories name, from the export in the folder that PLIMSOLL_OSV_DATA names; none where it is not set.</summary>
internal static class RealVersions
{
    const int MostOfPackage = 60;
    const int MostPairs = 20_000;

    static readonly Lazy<Dictionary<string, Dictionary<string, SortedSet<string>>>> ByPackage = new(Read);

    public static bool AreThere => ByPackage.Value.Count > 0;

    public static IEnumerable<string> Ecosystems => ByPackage.Value.Keys.Order(StringComparer.Ordinal);

    public static IEnumerable<string> Of(string ecosystem) => ByPackage.Value[ecosystem].SelectMany(package => package.Value).Distinct();

    /// <summary>Versions of the same package: neighbours by their text, and ones far apart.</summary>
    public static IReadOnlyList<(string A, string B)> Pairs(params string[] ecosystems) =>
        [.. ecosystems.SelectMany(ecosystem => ByPackage.Value.GetValueOrDefault(ecosystem, [])).OrderBy(package => package.Key, StringComparer.Ordinal)
            .SelectMany(package => OfPackage([.. package.Value])).Distinct().Take(MostPairs)];

    static IEnumerable<(string, string)> OfPackage(string[] versions)
    {
        var step = Math.Max(1, versions.Length * 2 / MostOfPackage);
        for (var i = 0; i + 1 < versions.Length; i += step)
        {
            yield return (versions[i], versions[i + 1]);
            yield return (versions[i], versions[^(i / 2 + 1)]);
        }
    }

    static Dictionary<string, Dictionary<string, SortedSet<string>>> Read()
    {
        var found = new Dictionary<string, Dictionary<string, SortedSet<string>>>();
        if (Environment.GetEnvironmentVariable("PLIMSOLL_OSV_DATA") is not { Length: > 0 } data)
            return found;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data, "export-t1"), "all.zip", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(data, "mined"), "*.zip")))
        {
            using var zip = ZipFile.OpenRead(file);
            foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
            {
                using var stream = entry.Open();
                using var record = JsonDocument.Parse(stream);
                foreach (var affected in Items(record.RootElement, "affected").Where(affected => affected.TryGetProperty("package", out _)))
                    Add(found, affected);
            }
        }
        return found;
    }

    static void Add(Dictionary<string, Dictionary<string, SortedSet<string>>> found, JsonElement affected)
    {
        var package = affected.GetProperty("package");
        var ecosystem = package.GetProperty("ecosystem").GetString()!.Split(':')[0];
        found.TryAdd(ecosystem, []);
        found[ecosystem].TryAdd(package.GetProperty("name").GetString()!, new(StringComparer.Ordinal));
        var versions = found[ecosystem][package.GetProperty("name").GetString()!];
        var events = Items(affected, "ranges").Where(range => range.GetProperty("type").GetString() is not "GIT").SelectMany(range => Items(range, "events")).SelectMany(happened => happened.EnumerateObject());
        // "0" in a range is before everything, and no version.
        versions.UnionWith(events.Select(happened => happened.Value.GetString()!).Where(version => version is not "0"));
        versions.UnionWith(Items(affected, "versions").Select(version => version.GetString()!));
    }

    static IEnumerable<JsonElement> Items(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var items) || items.ValueKind is not JsonValueKind.Array)
            yield break;
        foreach (var item in items.EnumerateArray())
            yield return item;
    }
}

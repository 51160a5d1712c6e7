using System.Text;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Packages;

/// <summary>Package URLs (ECMA-427): <c>pkg:type/namespace/name@version?qualifiers</c>.</summary>
internal static class PackageUrl
{
    public static string Of(InstalledPackage package, OsRelease? os)
    {
        var vendor = os?.Id ?? (package.Type == "apk" ? "alpine" : "debian");
        var url = new StringBuilder($"pkg:{package.Type}/{Encode(vendor.ToLowerInvariant())}/{Encode(package.Name.ToLowerInvariant())}@{Encode(package.Version)}");
        var separator = '?';
        foreach (var (key, value) in Qualifiers(package, os))
        {
            url.Append(separator).Append(key).Append('=').Append(Encode(value));
            separator = '&';
        }
        return url.ToString();
    }

    static IEnumerable<(string Key, string Value)> Qualifiers(InstalledPackage package, OsRelease? os)
    {
        if (package.Architecture is { } architecture)
            yield return ("arch", architecture);
        if (os is { VersionId: { Length: > 0 } version })
            yield return ("distro", $"{os.Id}-{version}");
    }

    // The colon stays as it is (ECMA-427, "Character encoding").
    static string Encode(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}

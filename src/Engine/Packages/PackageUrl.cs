using System.Text;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Packages;

/// <summary>Package URLs (ECMA-427): <c>pkg:type/namespace/name@version?qualifiers</c>, with the rules of each type.</summary>
internal static class PackageUrl
{
    public static string Of(InstalledPackage package, OsRelease? os)
    {
        var (space, name) = Parts(package.Type, package.Name, os);
        var url = new StringBuilder("pkg:").Append(package.Type).Append('/');
        foreach (var part in space.Split('/', StringSplitOptions.RemoveEmptyEntries))
            url.Append(Encode(part)).Append('/');
        url.Append(Encode(name));
        if (VersionOf(package.Type, package.Version) is { Length: > 0 } version)
            url.Append('@').Append(Encode(version));
        var separator = '?';
        foreach (var (key, value) in Qualifiers(package, os).Where(pair => pair.Value.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            url.Append(separator).Append(key).Append('=').Append(Encode(value));
            separator = '&';
        }
        return url.ToString();
    }

    /// <summary>The type of a package URL, such as <c>deb</c>.</summary>
    public static string TypeOf(string purl) => purl.Split([':', '/'], 3) is [_, var type, ..] ? type : "";

    /// <summary>What an ecosystem writes as one name is often a namespace and a name (purl-spec, "types").</summary>
    public static (string Namespace, string Name) Parts(string type, string whole, OsRelease? os) => type switch
    {
        "deb" => (Distribution(os, "debian"), whole.ToLowerInvariant()),
        "apk" => (Distribution(os, "alpine"), whole.ToLowerInvariant()),
        "rpm" => (Distribution(os, "redhat"), whole),
        "golang" => Split(whole.ToLowerInvariant(), '/', last: true),
        "npm" => whole.StartsWith('@') ? Split(whole, '/', last: false) : ("", whole),
        "maven" => Split(whole, ':', last: false),
        "composer" => Split(whole.ToLowerInvariant(), '/', last: false),
        // The dot stays, though PyPI itself takes it for a dash.
        "pypi" => ("", whole.ToLowerInvariant().Replace('_', '-')),
        _ => ("", whole),
    };

    static (string, string) Split(string name, char separator, bool last)
    {
        var at = last ? name.LastIndexOf(separator) : name.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? ("", name) : (name[..at], name[(at + 1)..]);
    }

    static string Distribution(OsRelease? os, string otherwise) => os?.Id is { Length: > 0 } id ? id.ToLowerInvariant() : otherwise;

    /// <summary>Whether packages of this type are the distribution's own.</summary>
    public static bool IsOfSystem(string type) => type is "deb" or "apk" or "rpm";

    public static string VersionOf(string type, string version) => type switch
    {
        // An rpm's epoch is a qualifier and no part of the version.
        "rpm" => version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..],
        "pypi" => version.ToLowerInvariant(),
        _ => version,
    };

    static IEnumerable<KeyValuePair<string, string>> Qualifiers(InstalledPackage package, OsRelease? os)
    {
        if (package.Architecture is { } architecture)
            yield return new("arch", architecture);
        if (IsOfSystem(package.Type) && os is { VersionId: { Length: > 0 } version })
            yield return new("distro", $"{os.Id}-{version}");
        foreach (var qualifier in package.Qualifiers)
            yield return qualifier;
    }

    /// <summary>The colon stays as it is (ECMA-427, "Character encoding").</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}

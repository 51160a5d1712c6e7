using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>The version that mends all of several problems of one package.</summary>
internal static class Fixes
{
    /// <summary>The highest; null where there is none. Where one of them cannot be compared, the last.</summary>
    public static string? Highest(string? ecosystem, IEnumerable<string?> fixes)
    {
        var order = ecosystem is null ? null : VersionOrders.For(EcosystemRules.Base(ecosystem));
        string? highest = null;
        foreach (var fix in fixes.OfType<string>())
            if (highest is null || order?.Parse(fix) is not { } now || order.Parse(highest) is not { } before || now.CompareTo(before) > 0)
                highest = fix;
        return highest;
    }

    /// <param name="type">The purl type of the package.</param>
    public static string? OfPackage(string type, IEnumerable<string?> fixes) =>
        Highest(type switch { "deb" => "Debian", "apk" => "Alpine", "rpm" => "AlmaLinux", _ => EcosystemRules.OfType(type) }, fixes);
}

using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>Package URLs for readers who have nothing but these.</summary>
internal static class SbomPurl
{
    /// <summary>With the source package in the qualifier <c>upstream</c>, as other tools write it: advisories of distributions name that. An rpm's has it already.</summary>
    public static string Of(PackageReport package)
    {
        if (package.Source is not { } source || package.Type == "rpm")
            return package.Purl;
        var upstream = PackageUrl.Encode(source.Version is null ? source.Name : $"{source.Name}@{source.Version}");
        return $"{package.Purl}{(package.Purl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}upstream={upstream}";
    }
}

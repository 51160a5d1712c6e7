using NuGet.Versioning;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// NuGet: up to four numbers, then SemVer; letters of any case are the same, and what stands behind <c>+</c> does not count. The numbers are those
/// of an int. Source: the library NuGet.Versioning, which is the client's own.
/// </summary>
internal sealed class NuGetVersionOrder : IVersionOrder
{
    public string Name => "nuget";

    public int Revision => 1;

    public ParsedVersion? Parse(string text) => NuGetVersion.TryParse(text, out var version) ? new Version(this, text, version) : null;

    sealed class Version(NuGetVersionOrder order, string text, NuGetVersion version) : ParsedVersion(order, text)
    {
        readonly NuGetVersion version = version;

        private protected override int CompareWithin(ParsedVersion other) =>
            Math.Sign(VersionComparer.VersionRelease.Compare(version, ((Version)other).version));
    }
}

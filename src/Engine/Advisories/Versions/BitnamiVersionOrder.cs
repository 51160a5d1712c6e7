namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Bitnami: three numbers, which may be those of a date (<c>2026.04.10</c>), and behind <c>-</c> the revision of the package, which is newer than
/// none: <c>1.2.3 &lt; 1.2.3-0 &lt; 1.2.3-1 &lt; 1.2.4</c>. So is anything behind <c>-</c>, also <c>-rc1</c>, and it counts as newer than a number.
/// Source: the README of Bitnami's go-version.
/// </summary>
internal sealed class BitnamiVersionOrder : IVersionOrder
{
    public string Name => "bitnami";

    public int Revision => 1;

    public ParsedVersion? Parse(string text) => SemVerVersion.Read(this, text, SemVerRules.Revision | SemVerRules.LeadingZeros);
}

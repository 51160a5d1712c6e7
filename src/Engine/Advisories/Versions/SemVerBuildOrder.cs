namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Pub and Julia: SemVer, but what stands behind <c>+</c> counts: <c>1.0.0 &lt; 1.0.0+1 &lt; 1.0.0+2</c>. Packages of both are published again
/// that way, and records name such versions as fixed. Source: the README of pub_semver ("Semantics"), and Julia's manual on VersionNumber.
/// </summary>
internal sealed class SemVerBuildOrder : IVersionOrder
{
    public string Name => "semver-build";

    public int Revision => 1;

    public ParsedVersion? Parse(string text) => SemVerVersion.Read(this, text, SemVerRules.V | SemVerRules.Build);
}

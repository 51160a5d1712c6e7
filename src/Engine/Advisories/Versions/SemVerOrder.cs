namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Semantic Versioning 2.0.0, for npm, crates.io, Hex, Swift packages, Kubernetes and Visual Studio Code: three numbers; what stands behind
/// <c>-</c> comes before the release, and what stands behind <c>+</c> does not count. A <c>v</c> in front is passed over, as npm does it. Where npm
/// and cargo end at the numbers that their languages hold, there is no such end here. Source: semver.org, paragraph 11.
/// </summary>
internal sealed class SemVerOrder : IVersionOrder
{
    public string Name => "semver";

    public int Revision => 1;

    public ParsedVersion? Parse(string text) => SemVerVersion.Read(this, text, SemVerRules.V);
}

using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Maven: numbers and words, parted by dots, hyphens and where one turns into the other; a hyphen or a turn opens a list inside the list, and zeros
/// at the end of each list do not count. Well-known words come first, in their order, then all others by their letters. This is the order of
/// Maven 3.8 and 3.9. Source: "Version Order Specification" in Maven's POM reference, and ComparableVersion; for what may not be in a version,
/// Maven's own validation of a project.
/// </summary>
internal sealed class MavenVersionOrder : IVersionOrder
{
    // What Maven refuses, and what is left of an expression that nobody has filled in.
    static readonly SearchValues<char> Refused = SearchValues.Create("\\/:\"<>|?*[](){},$ ");

    public string Name => "maven";

    public int Revision => 1;

    public ParsedVersion? Parse(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(Refused) || text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : new MavenVersion(this, text, MavenForm.Of(text));
}

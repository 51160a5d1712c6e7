namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll advisories</c>: what is known of vulnerable packages, kept on this machine.</summary>
internal static class AdvisoriesVerb
{
    public static Verb Verb() => new(
        VerbGroup.Advisories, "advisories", "Keeps the advisories that packages are held against on this machine, in one file.", ["plimsoll advisories update Debian PyPI npm && plimsoll advisories status"])
    {
        UpdateVerb.Verb(), ImportVerb.Verb(), StatusVerb.Verb(),
    };
}

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A call of npm that installs something.</summary>
/// <param name="Packages">What it names; nothing where it installs what <c>package.json</c> lists.</param>
internal sealed record NpmCall(ReviewedRun Run, RunCall Call, CallWord Verb, IReadOnlyList<CallWord> Packages)
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--prefix", "-C", "--registry", "--omit", "--include", "--only", "--workspace", "-w",
        "--loglevel", "--cache", "--location", "--userconfig", "--tag",
        "--fetch-retries", "--fetch-timeout", "--maxsockets",
    };

    public bool IsCi => Verb.Text is "ci" or "clean-install" or "install-clean";

    public bool IsGlobal => Call.Has("-g", "--global") || Call.Mentions("location=global");

    /// <summary>Whether it installs what a project lists.</summary>
    public bool IsProject => Packages.Count == 0 && !IsGlobal;

    public static IEnumerable<NpmCall> In(ReviewedFile file) =>
        file.Runs.SelectMany(run => run.Calls.Where(call => call.Program == "npm").Select(call => Of(run, call)).OfType<NpmCall>());

    public Remark Remark(string text) => Call.Remark(Verb, text);

    static NpmCall? Of(ReviewedRun run, RunCall call) =>
        call.Arguments(Valued).ToList() is [{ Text: "install" or "i" or "add" or "ci" or "clean-install" or "install-clean" } verb, .. var packages]
        ? new(run, call, verb, packages) : null;
}

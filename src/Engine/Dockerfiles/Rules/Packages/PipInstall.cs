namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A call of <c>pip install</c>, also as <c>python -m pip install</c>.</summary>
/// <param name="Verb">The word <c>install</c>.</param>
/// <param name="Packages">What it names, without options.</param>
internal sealed record PipInstall(ReviewedRun Run, RunCall Call, CallWord Verb, IReadOnlyList<CallWord> Packages)
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-r", "--requirement", "-c", "--constraint", "-t", "--target", "--prefix", "--root",
        "-i", "--index-url", "--extra-index-url", "-f", "--find-links",
        "--trusted-host", "--no-binary", "--only-binary",
        "--python-version", "--platform", "--abi", "--implementation", "--progress-bar",
        "--timeout", "--retries", "--proxy", "--cert", "--client-cert",
        "--cache-dir", "--src", "-C", "--config-settings",
        "--global-option", "--build-option", "--install-option", "--report", "--log",
        "--upgrade-strategy", "--root-user-action", "--use-feature", "--python",
        "-b", "--build", "-e", "--editable", "-m", "-W", "-X",
    };

    public static IEnumerable<PipInstall> In(ReviewedFile file) => file.Runs.SelectMany(In);

    public static IEnumerable<PipInstall> In(ReviewedRun run) => run.Calls.Select(call => Of(run, call)).OfType<PipInstall>();

    static PipInstall? Of(ReviewedRun run, RunCall call)
    {
        var isModule = IsNamed(call.Program, "python") && call.Words.Zip(call.Words.Skip(1))
            .Take(4).Any(pair => pair is { First.Text: "-m", Second.Text: "pip" or "pip3" });
        if (!isModule && !IsNamed(call.Program, "pip"))
            return null;
        return call.Arguments(Valued).ToList() is [{ Text: "install" } verb, .. var packages] ? new(run, call, verb, packages) : null;
    }

    // Also with a version: python3.13.
    static bool IsNamed(string program, string name) =>
        program.StartsWith(name, StringComparison.Ordinal) && program.AsSpan(name.Length).IndexOfAnyExcept(VersionCharacters) < 0;

    static readonly System.Buffers.SearchValues<char> VersionCharacters = System.Buffers.SearchValues.Create("0123456789.");
}

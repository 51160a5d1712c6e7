namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A call of uv that installs packages.</summary>
/// <param name="Verb">The last word of <c>sync</c>, <c>pip install</c>, <c>pip sync</c> or <c>tool install</c>.</param>
/// <param name="HasCache">Whether its cache is mounted.</param>
internal sealed record UvCall(ReviewedRun Run, RunCall Call, CallWord Verb, bool HasCache)
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--directory", "--project", "--config-file", "--cache-dir", "--color", "--python", "-p", "--group", "--no-group", "--only-group", "--extra",
        "--no-extra", "--package", "--link-mode", "--index", "--index-url",
        "--default-index", "-i", "--extra-index-url", "--find-links", "-f", "-r", "--requirements", "-c", "--constraints", "--no-install-package",
        "--python-platform", "--target", "--prefix", "-e", "--editable",
    };

    /// <summary>Whether it is <c>uv sync</c>.</summary>
    public bool IsSync { get; } = Call.Verb(Valued) == "sync";

    public static IEnumerable<UvCall> In(ReviewedFile file) => file.Runs.SelectMany(In);

    public static IEnumerable<UvCall> In(ReviewedRun run)
    {
        var hasCache = run.Mounts("uv", ".cache")
            || (run.Variables.GetValueOrDefault("UV_CACHE_DIR") is { Length: > 1 } folder && run.Mounts(folder));
        return run.Calls.Where(call => call.Program == "uv").Select(call => Of(run, call, hasCache)).OfType<UvCall>();
    }

    public Remark Remark(string text) => Call.Remark(Verb, text);

    static UvCall? Of(ReviewedRun run, RunCall call, bool hasCache) => call.Arguments(Valued).Take(2).ToList() switch
    {
        [{ Text: "sync" } verb, ..] => new(run, call, verb, hasCache),
        [{ Text: "pip" }, { Text: "install" or "sync" } verb] => new(run, call, verb, hasCache),
        [{ Text: "tool" }, { Text: "install" } verb] => new(run, call, verb, hasCache),
        _ => null,
    };
}

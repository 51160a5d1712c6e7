namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A call of uv that installs packages.</summary>
/// <param name="Verb">The last word of <c>sync</c>, <c>pip install</c>, <c>pip sync</c> or <c>tool install</c>.</param>
internal sealed record UvCall(ReviewedRun Run, RunCall Call, CallWord Verb)
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--directory", "--project", "--config-file", "--cache-dir", "--color", "--python", "-p", "--group", "--no-group", "--only-group", "--extra", "--no-extra", "--package", "--link-mode", "--index", "--index-url",
        "--default-index", "-i", "--extra-index-url", "--find-links", "-f", "-r", "--requirements", "-c", "--constraints", "--no-install-package", "--python-platform", "--target", "--prefix", "-e", "--editable",
    };

    /// <summary>Whether it is <c>uv sync</c>.</summary>
    public bool IsSync { get; } = Call.Verb(Valued) == "sync";

    public bool HasCache { get; } = Run.Mounts("uv", ".cache") || (Run.Variables.GetValueOrDefault("UV_CACHE_DIR") is { Length: > 1 } folder && Run.Mounts(folder));

    public static IEnumerable<UvCall> In(ReviewedFile file) => from run in file.Runs from call in run.Calls where call.Program == "uv" let one = Of(run, call) where one is not null select one;

    /// <summary>The first of each stage that breaks a rule: the others have the same remedy.</summary>
    public static IEnumerable<UvCall> FirstOfEachStage(IEnumerable<UvCall> calls) => calls.DistinctBy(call => call.Run.Stage.Number);

    public Remark Remark(string text) => Call.Remark(Verb, text);

    static UvCall? Of(ReviewedRun run, RunCall call) => call.Arguments(Valued).Take(2).ToList() switch
    {
        [{ Text: "sync" } verb, ..] => new(run, call, verb),
        [{ Text: "pip" }, { Text: "install" or "sync" } verb] => new(run, call, verb),
        [{ Text: "tool" }, { Text: "install" } verb] => new(run, call, verb),
        _ => null,
    };
}

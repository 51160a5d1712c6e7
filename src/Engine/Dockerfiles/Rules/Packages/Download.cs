namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A call of curl or wget that fetches something from elsewhere.</summary>
/// <param name="At">Of the call in those of its RUN.</param>
/// <param name="Address">The word that says from where.</param>
internal sealed record Download(ReviewedRun Run, int At, CallWord Address)
{
    // A pipe of more programs than that is none that people write.
    const int PipeLength = 8;

    static readonly HashSet<string> Interpreters = new(StringComparer.Ordinal) { "python", "python3", "perl", "ruby", "node", "php" };

    public RunCall Call => Run.Calls[At];

    public static IEnumerable<Download> In(ReviewedFile file)
    {
        foreach (var run in file.Runs)
            for (var at = 0; at < run.Calls.Count; at++)
                if (run.Calls[at] is { Program: "curl" or "wget" } call && Source(call) is { } address)
                    yield return new(run, at, address);
    }

    /// <summary>The programs that what it fetches is piped through, in their order.</summary>
    public IEnumerable<RunCall> Pipe()
    {
        var (at, steps) = (At, 0);
        while (steps++ < PipeLength && Run.Calls[at].IsPiped)
        {
            var depth = Run.Calls[at].Depth;
            // What stands in $(…) of the next comes before it.
            for (at++; at < Run.Calls.Count && Run.Calls[at].Depth > depth && at < At + PipeLength * 2; at++) ;
            if (at >= Run.Calls.Count || Run.Calls[at].Depth != depth)
                yield break;
            yield return Run.Calls[at];
        }
    }

    /// <summary>
    /// The shell or interpreter that runs what it fetches: behind a pipe, or around it, as in <c>sh -c "$(curl …)"</c>. Null where none does.
    /// </summary>
    public RunCall? RunBy() => Pipe().FirstOrDefault(Runs) ?? Around();

    RunCall? Around()
    {
        for (var at = At + 1; at < Run.Calls.Count && at <= At + PipeLength; at++)
            if (Run.Calls[at] is var outer && outer.Depth < Call.Depth)
                return (CallReader.IsShell(outer.Program) || outer.Program is "eval" or "." or "source")
                    && outer.Words.Any(word => word.Text == "$" && Encloses(word)) ? outer : null;
        return null;
    }

    bool Encloses(CallWord word) => word.Start < Call.Words[0].Start && Call.Words[0].Start < word.End;

    // An interpreter that is given a program of its own reads only data.
    static bool Runs(RunCall call) => CallReader.IsShell(call.Program) ? !call.Has("-c")
        : Interpreters.Contains(call.Program) && call.Words.Skip(1).All(word => word.Text == "-");

    static CallWord? Source(RunCall call)
    {
        foreach (var word in call.Words.Skip(1))
            if (word.Text is ['h' or 'f', ..] && word.Text.Contains("://", StringComparison.Ordinal))
                return word.Text.Contains("//localhost", StringComparison.Ordinal)
                    || word.Text.Contains("//127.", StringComparison.Ordinal) ? null : word;
        var variables = call.Words.Where(word => word.Text is ['$', ..] && word.Text.Contains("url", StringComparison.OrdinalIgnoreCase)).ToList();
        return variables.Count > 0 ? variables[^1] : null;
    }
}

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Which advices the comments of a file silence, and which of these comments silence nothing.</summary>
internal sealed class Ignores
{
    readonly Dockerfile _file;
    readonly List<IgnoreComment> _all = [], _ofFile = [];
    readonly Dictionary<int, List<IgnoreComment>> _ofInstruction = [];

    public Ignores(Dockerfile file)
    {
        _file = file;
        // From the end, so that of many comments above one another each finds the instruction below at once.
        var (next, nextLine) = (-1, -1);
        foreach (var comment in file.Comments.Reverse())
        {
            var line = comment.At.Line;
            var at = Within(line);
            if (at < 0)
                (next, nextLine) = (nextLine == line + 1 ? next : StartingAt(line + 1), line);
            if (IgnoreComment.Read(comment) is not { } ignore)
                continue;
            _all.Add(ignore);
            var instruction = at >= 0 ? at : next;
            if (ignore.IsOfFile && line < file.Instructions[0].At.Line)
                _ofFile.Add(ignore);
            else if (!ignore.IsOfFile && instruction >= 0)
                (_ofInstruction.TryGetValue(instruction, out var known) ? known : _ofInstruction[instruction] = []).Add(ignore);
        }
        _all.Reverse();
    }

    public bool Silence(Advice advice)
    {
        var here = Within(advice.Remark.Start.Line) is >= 0 and var at && _ofInstruction.TryGetValue(at, out var known) ? known : [];
        var silenced = false;
        // All are asked: each that says so has its use.
        foreach (var ignore in here.Concat(_ofFile))
            silenced |= ignore.Silences(advice.Rule);
        return silenced;
    }

    /// <summary>After all advices were asked for.</summary>
    /// <param name="rules">All that there are.</param>
    /// <param name="unasked">Those that could say nothing this time.</param>
    public IEnumerable<Remark> Unused(IReadOnlySet<string> rules, IReadOnlySet<string> unasked) =>
        from ignore in _all
        where ignore.IsOurs
        from text in ignore.Rules.Count == 0 ? ["this is not understood: write plimsoll ignore=ID,ID: reason"]
            : ignore.Rules.Where(name => !ignore.Used.Contains(name) && !unasked.Contains(name)).Select(name => Why(ignore, name, rules))
        select new Remark(text, ignore.Comment.At, ignore.Comment.At with { Column = ignore.Comment.At.Column + ignore.Comment.Text.Length + 2 });

    static string Why(IgnoreComment ignore, string name, IReadOnlySet<string> rules) => !rules.Contains(name) ? $"there is no rule {name}"
        : ignore.IsOfFile ? $"{name} finds nothing in this file, or this stands below its first instruction"
            : $"{name} finds nothing in the instruction right below";

    // The instruction that a line belongs to; -1 for none.
    int Within(int line)
    {
        var (low, high) = (0, _file.Instructions.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_file.Instructions[middle].LastLine < line)
                low = middle + 1;
            else if (_file.Instructions[middle].At.Line > line)
                high = middle - 1;
            else
                return middle;
        }
        return -1;
    }

    int StartingAt(int line) => Within(line) is >= 0 and var at && _file.Instructions[at].At.Line == line ? at : -1;
}

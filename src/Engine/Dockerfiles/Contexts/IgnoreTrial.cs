using System.Text;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>
/// Holds lines against the context before anybody is told to add them: what they take away is counted, and one is dropped that takes what a step
/// names, or the last file of a folder that it names.
/// </summary>
internal sealed class IgnoreTrial(BuildContext context, IReadOnlyList<ContextUse> uses)
{
    readonly Dictionary<IgnorePattern, (long Bytes, long Files, ulong Readers)> _taken = [];
    readonly HashSet<IgnorePattern> _harmful = [], _tried = [];

    public IReadOnlyList<IgnoreAdvice> Of(IReadOnlyList<(IgnoreReason Reason, string Line)> lines)
    {
        var tried = lines.Select(line => (line.Reason, line.Line, Pattern: Read(line.Line)!)).Where(line => line.Pattern is not null).ToList();
        _tried.UnionWith(tried.Select(line => line.Pattern));
        do
        {
            tried.RemoveAll(line => _harmful.Contains(line.Pattern));
            _harmful.Clear();
            _taken.Clear();
            In(context.Root, IgnoreState.Root(context.Ignore.With(tried.Select(line => line.Pattern))), UseState.Root(uses), []);
        }
        while (_harmful.Count > 0);
        return [.. tried.Where(line => _taken.ContainsKey(line.Pattern)).Select(line => Advice(line.Line, line.Reason, _taken[line.Pattern]))];
    }

    IgnoreAdvice Advice(string line, IgnoreReason reason, (long Bytes, long Files, ulong Readers) taken) =>
        new(line, reason, taken.Bytes, taken.Files, [.. uses.Where((_, i) => (taken.Readers >> i & 1) != 0).Select(use => use.Step.Source.At.Line)]);

    // As it will be read from the file, and not as it is meant.
    static IgnorePattern? Read(string line) => IgnoreFile.Read(Encoding.UTF8.GetBytes(line)).Patterns is [{ IsException: false } only] ? only : null;

    // How many files are left, and what took the others.
    long In(ContextFolder folder, IgnoreState state, UseState use, HashSet<IgnorePattern> takers)
    {
        var left = 0L;
        foreach (var (name, bytes) in folder.Files)
        {
            var path = folder.PathOf(name);
            var (now, of) = (state.Of(path), use.Of(path, isFolder: false));
            if (now.IsIgnored)
                Take(now.Decided!, bytes, of.Reads, takers);
            else
                left++;
            Judge(now, of);
        }
        foreach (var inner in folder.Folders)
        {
            var (now, of) = (state.Of(inner.Path), use.Of(inner.Path, isFolder: true));
            Judge(now, of);
            var below = new HashSet<IgnorePattern>();
            var leftBelow = In(inner, now, of, below);
            if (of.Begins != 0 && leftBelow == 0)
                _harmful.UnionWith(below);
            takers.UnionWith(below);
            left += leftBelow;
        }
        return left;
    }

    void Take(IgnorePattern by, long bytes, ulong readers, HashSet<IgnorePattern> takers)
    {
        var (sum, files, all) = _taken.GetValueOrDefault(by);
        _taken[by] = (sum + bytes, files + 1, all | readers);
        takers.Add(by);
    }

    // A folder may be ignored by a line that was there before, and have members that are not.
    void Judge(IgnoreState state, UseState use)
    {
        if (use.Begins != 0 && state is { IsIgnored: true, Decided: { } by } && _tried.Contains(by))
            _harmful.Add(by);
    }
}

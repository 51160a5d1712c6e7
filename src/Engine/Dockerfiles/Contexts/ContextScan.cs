using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>
/// Walks a context as a build's client does: a link is never followed, and what is ignored is entered only to count it and where an exception may lie
/// in it. What cannot be read is told, and the rest goes on. Sockets, pipes and devices hold nothing and are left out: BuildKit and the classic
/// builder differ in which of them they send.
/// </summary>
internal sealed class ContextScan(string root, IgnoreFile ignore, ContextLimits limits, CancellationToken ct)
{
    const int Named = 10;

    readonly List<string> _unreadable = [], _unreadableFiles = [];
    readonly HashSet<string> _notes = new(StringComparer.Ordinal);
    readonly List<string> _misnamed = [];
    long _sent, _ignored, _ignoredBytes, _ignoredFiles;
    int _special;

    public BuildContext Scan(string? ignoredBy)
    {
        var folder = Folder("", IgnoreState.Root(ignore), 0);
        var isWhole = _unreadable.Count + _misnamed.Count + _notes.Count == 0;
        return new BuildContext(folder, ignore, ignoredBy, new ContextSum(_ignoredBytes, _ignoredFiles), _ignored > limits.Ignored, isWhole, [.. Notes()]);
    }

    ContextFolder Folder(string path, IgnoreState state, int depth)
    {
        var (files, folders) = (new List<ContextFile>(), new List<ContextFolder>());
        foreach (var entry in Members(path, state.IsIgnored, depth))
        {
            ct.ThrowIfCancellationRequested();
            var member = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            var of = state.IsWhole ? state : state.Of(member);
            if (!Counts(member, entry, of.IsIgnored))
                continue;
            if (entry.Kind == FoundKind.Folder)
            {
                if (Folder(member, of, depth + 1) is { Count: > 0 } folder)
                    folders.Add(folder);
            }
            else if (of.IsIgnored)
                (_ignoredBytes, _ignoredFiles) = (_ignoredBytes + entry.Bytes, _ignoredFiles + 1);
            else
            {
                files.Add(new(entry.Name, entry.Bytes));
                if (entry.Kind == FoundKind.File && !FoundEntry.IsReadable(Path.Combine(root, member)))
                    _unreadableFiles.Add(member);
            }
        }
        return new ContextFolder(path, files, folders);
    }

    // Whether there is room for it, and a build would look at it.
    bool Counts(string path, FoundEntry entry, bool isIgnored)
    {
        if (entry.Kind == FoundKind.Gone || entry.Name.Contains('\uFFFD', StringComparison.Ordinal)
            && entry.Kind != FoundKind.Folder && !Path.Exists(Path.Combine(root, path)))
        {
            if (entry.Name.Contains('\uFFFD', StringComparison.Ordinal))
                _misnamed.Add(path);
            return false;
        }
        if (entry.Kind == FoundKind.Special)
        {
            _special++;
            return false;
        }
        if (isIgnored)
            return ++_ignored <= limits.Ignored;
        if (++_sent > limits.Entries)
            _notes.Add($"the context has more than {limits.Entries} files: the rest was not looked at, and is in none of these numbers");
        return _sent <= limits.Entries;
    }

    List<FoundEntry> Members(string path, bool isIgnored, int depth)
    {
        if (_sent > limits.Entries || isIgnored && _ignored > limits.Ignored)
            return [];
        if (depth > limits.Depth)
        {
            _notes.Add($"folders are more than {limits.Depth} deep: what is below was not looked at");
            return [];
        }
        try
        {
            return FoundEntry.In(path.Length == 0 ? root : Path.Combine(root, path),
                (int)(isIgnored ? limits.Ignored - _ignored : limits.Entries - _sent));
        }
        catch (Exception e) when (depth > 0 && e is IOException or UnauthorizedAccessException)
        {
            if (path.Contains('\uFFFD', StringComparison.Ordinal))
                _misnamed.Add(path + "/");
            else if (!isIgnored)
                _unreadable.Add(path + "/");
            return [];
        }
    }

    IEnumerable<string> Notes()
    {
        if (_unreadable.Count > 0)
            yield return $"{Counted.Names(_unreadable)} cannot be read: a build by this user fails there unless .dockerignore takes it out";
        if (_unreadableFiles.Count > 0)
            yield return $"{Counted.Names(_unreadableFiles)} cannot be read: "
                + $"a build by this user fails where a step copies {(_unreadableFiles.Count == 1 ? "it" : "one of them")}";
        if (_misnamed.Count > 0)
            yield return $"{Counted.Names(_misnamed)}: no UTF-8, so that a build may refuse the name; it is in none of these numbers";
        if (_special > 0)
            yield return $"{Counted.Of(_special, "socket, pipe or device is", "sockets, pipes or devices are")} in none of these numbers";
        foreach (var note in _notes.Concat(ignore.Unreadable.Take(Named)
            .Select(line => $"line {line.Line} of the ignore file is no pattern, and a build fails with it: {line.Text}")))
            yield return note;
    }
}

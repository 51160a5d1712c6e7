using Plimsoll.Engine.Dockerfiles.Contexts;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>Puts the paths of a context together by what a change of them rebuilds.</summary>
internal sealed class CacheGroups(BuildContext context, IReadOnlyList<ContextUse> uses, CacheSteps steps)
{
    /// <summary>Kinds of paths: by which steps read them.</summary>
    public const int Most = 500;

    const int Shown = 10, Kept = 1000;

    readonly Dictionary<ulong, Group?> _byReaders = [];
    readonly Dictionary<string, Group> _bySteps = new(StringComparer.Ordinal);

    public bool IsCut { get; private set; }

    public IReadOnlyList<CacheGroup> All()
    {
        if (In(context.Root, UseState.Root(uses)).Whole is { } all)
            all.Group.Add(all.Path, all.Bytes);
        return [.. _bySteps.Values.Select(group => group.Done()).OrderByDescending(group => (double)group.Files * (group.LayerBytes ?? 0))
            .ThenByDescending(group => group.Files * group.Steps.Count).ThenByDescending(group => group.Steps.Count)
            .ThenByDescending(group => group.Bytes).ThenBy(group => group.Paths[0], StringComparer.Ordinal)];
    }

    // The group of all files in a folder that are read, under the name that tells it best; where there are several, the members were put into theirs.
    (Member? Whole, bool IsMixed) In(ContextFolder folder, UseState use)
    {
        var members = new List<Member>();
        var isMixed = false;
        foreach (var (name, bytes) in folder.Files)
            if (Of(use.Of(folder.PathOf(name), isFolder: false).Reads) is { } group)
            {
                group.Count(bytes);
                members.Add(new(folder.PathOf(name), bytes, 1, group));
            }
        foreach (var inner in folder.Folders)
        {
            var (whole, mixed) = In(inner, use.Of(inner.Path, isFolder: true));
            isMixed |= mixed;
            if (whole is { } one)
                members.Add(one);
        }
        if (!isMixed && members.Select(member => member.Group).Distinct().Count() <= 1 && Named(folder, members) is { } same)
            return (same, false);
        foreach (var (path, bytes, _, group) in members)
            group.Add(path, bytes);
        return (null, isMixed || members.Count > 0);
    }

    // What no step reads does not part a folder, but where all else is one member, that is named; the whole context is named only where all of it is
    // read.
    static Member? Named(ContextFolder folder, List<Member> members)
    {
        var files = members.Sum(member => member.Files);
        return members.Count > 0 && files == folder.Count
            ? new(folder.Path.Length == 0 ? "." : $"{folder.Path}/", folder.Bytes, files, members[0].Group)
            : folder.Path.Length == 0 || members.Count == 0 ? null
            : members.Count == 1 ? members[0]
            : new Member($"{folder.Path}/", members.Sum(member => member.Bytes), files, members[0].Group);
    }

    readonly record struct Member(string Path, long Bytes, long Files, Group Group);

    Group? Of(ulong readers)
    {
        if (readers == 0 || _byReaders.TryGetValue(readers, out var known) && known is null)
            return null;
        if (known is not null)
            return known;
        if (_byReaders.Count >= Most)
        {
            IsCut = true;
            return null;
        }
        var rebuilt = steps.Of(readers);
        var key = string.Join(',', rebuilt.Select(step => step.Line));
        return _byReaders[readers] = rebuilt.Count == 0 ? null : _bySteps.TryGetValue(key, out var same) ? same : _bySteps[key] = new Group(rebuilt);
    }

    sealed class Group(IReadOnlyList<CacheStep> steps)
    {
        readonly List<(string Path, long Bytes)> _paths = [];
        long _files, _bytes;
        int _dropped;

        public void Count(long bytes) => (_files, _bytes) = (_files + 1, _bytes + bytes);

        public void Add(string path, long bytes)
        {
            _paths.Add((path, bytes));
            if (_paths.Count > Kept)
                Cut();
        }

        public CacheGroup Done()
        {
            Cut();
            return new([.. _paths.Select(path => path.Path)], _dropped, _files, _bytes, steps, CacheSteps.Sum(steps));
        }

        void Cut()
        {
            _paths.Sort((left, right) => left.Bytes != right.Bytes ? right.Bytes.CompareTo(left.Bytes)
                : string.CompareOrdinal(left.Path, right.Path));
            _dropped += Math.Max(0, _paths.Count - Shown);
            if (_paths.Count > Shown)
                _paths.RemoveRange(Shown, _paths.Count - Shown);
        }
    }
}
